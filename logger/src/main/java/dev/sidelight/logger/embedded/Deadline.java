package dev.sidelight.logger.embedded;

import java.util.function.LongSupplier;

/** The end of a query's time, by a monotonic clock in nanoseconds. */
record Deadline(LongSupplier nanoTime, long end) {

  static Deadline in(long nanos, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + nanos);
  }

  boolean isPassed() {
    return nanoTime.getAsLong() - end >= 0;
  }
}
