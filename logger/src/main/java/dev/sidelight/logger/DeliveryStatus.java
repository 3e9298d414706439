package dev.sidelight.logger;

import java.util.Map;

/**
 * One sink's delivery at this moment, for metrics and the health screen. Counts are events of any
 * kind since the process started.
 *
 * @param cause of the pause or of the last retry; empty while all is well
 * @param retries events sent again, by cause
 * @param oldestPendingMicros when the oldest event at hand was logged, microseconds since 1970; 0
 *     when nothing waits
 * @param deadEvicted dead letters that had to go for newer ones
 * @param writes calls of the sink, and the nanoseconds they took together
 */
public record DeliveryStatus(
    String sink,
    State state,
    String cause,
    long written,
    long skipped,
    long dead,
    Map<String, Long> retries,
    long oldestPendingMicros,
    long deadLetterBytes,
    long deadEvicted,
    long writes,
    long writeNanos) {

  public DeliveryStatus {
    retries = Map.copyOf(retries);
  }

  /** What the thread is about. */
  public enum State {
    RUNNING,
    /** Waiting to send the same events again. */
    RETRYING,
    /** The sink as a whole cannot go on; one event a minute probes it. */
    PAUSED,
    STOPPED
  }
}
