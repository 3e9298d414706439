package dev.sidelight.logger;

import java.util.Map;
import java.util.TreeMap;

/** What {@link Delivery} counts. Written by its thread, read by any. */
final class DeliveryCounters {

  private final String sink;
  private DeliveryStatus.State state = DeliveryStatus.State.RUNNING;
  private String cause = "";
  private long written;
  private long skipped;
  private long dead;
  private final Map<String, Long> retries = new TreeMap<>();
  private long oldestPendingMicros;
  private long writes;
  private long writeNanos;

  DeliveryCounters(String sink) {
    this.sink = sink;
  }

  synchronized void state(DeliveryStatus.State now, String why) {
    state = now;
    cause = why;
  }

  synchronized void settled(long nowWritten, long nowSkipped, long nowDead) {
    written += nowWritten;
    skipped += nowSkipped;
    dead += nowDead;
  }

  synchronized void retried(String why) {
    retries.merge(why, 1L, Long::sum);
  }

  synchronized void oldestPending(long micros) {
    oldestPendingMicros = micros;
  }

  synchronized void wrote(long nanos) {
    writes++;
    writeNanos += nanos;
  }

  synchronized DeliveryStatus status(long deadLetterBytes, long deadEvicted) {
    return new DeliveryStatus(
        sink,
        state,
        cause,
        written,
        skipped,
        dead,
        retries,
        oldestPendingMicros,
        deadLetterBytes,
        deadEvicted,
        writes,
        writeNanos);
  }
}
