package dev.sidelight.proxy.serve.job;

import java.util.List;

/** What a client follows: events in order, told once each. Any thread. */
public interface Followed {

  /** What is kept after an id, oldest first; of an id that was never given, everything. */
  List<JobEvent> eventsAfter(long eventId);

  /** Bytes of what is kept after an id, about. */
  long bytesAfter(long eventId);

  /** Returns when something follows {@code eventId}, or after so many milliseconds. */
  void awaitEvents(long eventId, long millis) throws InterruptedException;

  /** Tells how far it is, if that has changed and was not told just now. */
  void tick();

  /** Whether the last event has been told: nothing follows what {@link #eventsAfter} gives. */
  boolean isTold();
}
