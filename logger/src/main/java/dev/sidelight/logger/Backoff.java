package dev.sidelight.logger;

import java.util.function.DoubleSupplier;

/**
 * Exponential with full jitter, as in Brooker, "Exponential Backoff And Jitter", AWS 2015: uniform
 * in [0, min(30 s, 0.1 s * 2^n)]. What the sink asks for is a floor, believed up to 5 minutes.
 */
final class Backoff {

  private static final long BASE_MILLIS = 100;
  private static final long CEILING_MILLIS = 30_000;
  private static final long FLOOR_MILLIS_MAX = 300_000;
  private static final int DOUBLINGS_MAX = 20;

  private final DoubleSupplier chance;
  private int failures;

  Backoff(DoubleSupplier chance) {
    this.chance = chance;
  }

  long next(long afterMillis) {
    long ceiling = Math.min(CEILING_MILLIS, BASE_MILLIS << Math.min(failures++, DOUBLINGS_MAX));
    long jittered = Math.round(chance.getAsDouble() * ceiling);
    return Math.max(jittered, Math.min(afterMillis, FLOOR_MILLIS_MAX));
  }

  void reset() {
    failures = 0;
  }
}
