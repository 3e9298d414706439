package dev.sidelight.explainers.gateway;

import java.util.concurrent.TimeUnit;

/** Five failures in a row stop all calls for 5 s; then one small call shows whether to go on. */
final class Breaker {

  static final int PROBE_ROWS = 64;
  private static final int FAILURES = 5;
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private int failures;
  private long openUntil = Long.MIN_VALUE;
  private boolean probing;

  /** Calls wait until then; {@link Long#MAX_VALUE} while the one probe is under way. */
  long notBefore(long now) {
    if (failures < FAILURES) {
      return now;
    }
    return probing ? Long.MAX_VALUE : Math.max(now, openUntil);
  }

  /** The next call is the probe. */
  boolean isHalfOpen() {
    return failures >= FAILURES;
  }

  void sending() {
    probing = isHalfOpen();
  }

  /** The server answered; also with a refusal of rows. */
  void alive() {
    failures = 0;
    probing = false;
  }

  /** The probe ended without saying anything about the server. */
  void undecided() {
    probing = false;
  }

  void failed(long now) {
    probing = false;
    failures++;
    if (failures >= FAILURES) {
      openUntil = now + OPEN_NANOS;
    }
  }
}
