package dev.sidelight.logger.spool;

import org.jspecify.annotations.Nullable;

/**
 * Offers refused one after the other for one reason; not yet a gap event.
 *
 * @param before an older run for another reason that was not handed over either
 * @param bytes that the events pinned
 */
record DropRun(
    long from,
    long to,
    long bytes,
    GapReason reason,
    long firstMicros,
    long lastMicros,
    @Nullable DropRun before) {

  static DropRun one(long number, long bytes, GapReason reason, long micros) {
    return new DropRun(number, number, bytes, reason, micros, micros, null);
  }

  /** This run and the next drop. */
  DropRun plus(long number, long bytes, GapReason reason, long micros) {
    if (reason != this.reason) {
      return new DropRun(number, number, bytes, reason, micros, micros, this);
    }
    return new DropRun(from, number, this.bytes + bytes, reason, firstMicros, micros, before);
  }

  long count() {
    return to - from + 1;
  }
}
