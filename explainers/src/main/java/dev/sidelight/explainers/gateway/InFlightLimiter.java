package dev.sidelight.explainers.gateway;

/**
 * W, how many calls may be under way: a gradient rule (after Netflix's concurrency-limits) on the
 * ratio of latency to L + c n, whose short average rises over its long one as soon as calls queue
 * at the server. Start 1; one more after 20 stable calls; half on overload. Not thread-safe.
 */
final class InFlightLimiter {

  private static final double TOLERANCE = 1.5;
  private static final int STABLE_CALLS = 20;
  private static final double SHORT = 0.2;
  private static final double LONG = 0.02;

  /** The fit already follows a server that slows down; queueing must not become the custom. */
  private static final double LONG_MAX = 1.1;

  private final int max;
  private double limit = 1;
  private double shortRatio = 1;
  private double longRatio = 1;
  private int stable;

  InFlightLimiter(int max) {
    this.max = max;
  }

  int limit() {
    return (int) limit;
  }

  double exact() {
    return limit;
  }

  /**
   * @param ratio latency of a good call over what the fit expects of its size
   * @param mayGrow false while live traffic suffers
   */
  void answered(double ratio, boolean mayGrow) {
    shortRatio += SHORT * (ratio - shortRatio);
    longRatio = Math.min(LONG_MAX, longRatio + LONG * (ratio - longRatio));
    double factor = Math.clamp(TOLERANCE * longRatio / shortRatio, 0.5, 1);
    if (factor < 1) {
      limit = Math.max(1, Math.floor(limit * factor)); // whole, or W would linger above the server
      stable = 0;
      shortRatio = longRatio;
    } else if (mayGrow && ++stable >= STABLE_CALLS) {
      stable = 0;
      limit = Math.min(max, limit + 1);
    }
  }

  /** 429, 503 or no answer in time. */
  void overloaded() {
    scale(0.5);
  }

  void scale(double factor) {
    limit = Math.max(1, limit * factor);
    stable = 0;
  }

  void reset() {
    limit = 1;
    shortRatio = 1;
    longRatio = 1;
    stable = 0;
  }
}
