package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.Nullable;

/** Reads the first line of a head; may be stopped and continued between any two bytes. */
abstract class StartLine {

  /** The next byte to look at. */
  int at;

  boolean done;
  @Nullable Refusal refusal;

  void begin() {
    at = 0;
    done = false;
    refusal = null;
    reset();
  }

  abstract void reset();

  /** Reads what has been added to the head's bytes since. */
  abstract void scan(Head head);
}
