package dev.sidelight.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens unless it is cleared before. Embedded in what it watches, so that setting
 * one allocates nothing; belongs to one event loop.
 */
abstract class Deadline {

  @Nullable Deadline previous;
  @Nullable Deadline next;
  long atNanos;

  final boolean isSet() {
    return previous != null;
  }

  /** Called on the loop, once, unset. */
  abstract void expired(long nowNanos);
}
