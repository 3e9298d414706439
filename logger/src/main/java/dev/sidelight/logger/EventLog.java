package dev.sidelight.logger;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;

/**
 * The log of one process: takes events without blocking, keeps them, hands them to readers in
 * order.
 */
public interface EventLog extends AutoCloseable {

  /** The ring of one event loop; used by that loop's thread only. */
  EventSink sink(int loop);

  /** A report made inside this process (rare): any thread. */
  EventSink.Offer report(PayloadEvent.Report report);

  /**
   * A reader with a persisted position.
   *
   * @param name unique in the process, {@code [a-z0-9-]+}
   */
  Cursor cursor(String name, From from);

  /**
   * Every event with a lower or equal sequence survives kill -9 and, with the default fsync, power
   * loss.
   */
  long durableSequence();

  /** What was seen, and what became of it, per sink; exact at any moment. */
  Ledger ledger();

  /** Drains the rings, syncs, saves the counters. */
  @Override
  void close();

  /** Where a reader without a saved position begins. */
  enum From {
    OLDEST,
    NEWEST
  }
}
