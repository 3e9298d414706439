package dev.sidelight.explainers.gateway;

import java.util.concurrent.TimeUnit;

/**
 * Gives way to real requests. While there are any, a call may add no more than the live budget to
 * their wait; when their p99 rises over what it is in moments without our calls, we take less, then
 * rest between calls, then stop. Looked at once a second, and only when there is something to send.
 */
final class LiveYield {

  static final long QUIET_MILLIS = 10_000;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double RISEN = 1.2;
  private static final double FAR_RISEN = 2;
  private static final double RECOVERED = 1.5;
  private static final double SHARE_MIN = 1.0 / 64;

  private final LiveTraffic live;
  private final double budgetMillis;
  private double quietP99 = Double.NaN;
  private double share = 1;
  private long lastLook = Long.MIN_VALUE;
  private long lastCallEnd = Long.MIN_VALUE;
  private long farSince = -1;
  private long lastCallNanos;
  private boolean stopped;
  private boolean resting;
  private boolean yielding;

  LiveYield(LiveTraffic live, double budgetMillis) {
    this.live = live;
    this.budgetMillis = budgetMillis;
  }

  /** Rows one call may hold for live traffic's sake. */
  int rowsMax(LatencyFit fit) {
    if (Double.isInfinite(budgetMillis) || live.idleMillis() >= QUIET_MILLIS) {
      return Integer.MAX_VALUE;
    }
    double perRow = fit.perRow();
    if (perRow <= 0) {
      return Integer.MAX_VALUE;
    }
    double cap =
        Math.max(0.5 * fit.fixed() / perRow, (budgetMillis - fit.fixed()) / perRow) * share;
    return (int) Math.clamp(cap, 1, Integer.MAX_VALUE);
  }

  /** Live traffic was slower than without us when last looked at. */
  boolean isYielding() {
    return yielding;
  }

  void ended(long now, long tookNanos) {
    lastCallEnd = now;
    lastCallNanos = tookNanos;
  }

  /** The earliest moment for the next call; {@code now} if at once. */
  long notBefore(long now, int inFlight, InFlightLimiter limiter) {
    if (lastLook == Long.MIN_VALUE || now - lastLook >= LOOK_NANOS) {
      lastLook = now;
      look(now, inFlight, limiter);
    }
    if (stopped) {
      return lastLook + LOOK_NANOS;
    }
    return resting ? Math.max(now, lastCallEnd + lastCallNanos) : now;
  }

  private void look(long now, int inFlight, InFlightLimiter limiter) {
    double p99 = live.requests() >= 50 ? live.p99Millis() : Double.NaN;
    boolean ours =
        inFlight > 0
            || (lastCallEnd != Long.MIN_VALUE
                && now - lastCallEnd < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS));
    if (!ours && !Double.isNaN(p99)) {
      quietP99 = p99;
    }
    if (Double.isInfinite(budgetMillis) || Double.isNaN(p99) || Double.isNaN(quietP99)) {
      recover();
      return;
    }
    double risen = p99 / quietP99;
    if (risen <= FAR_RISEN) {
      farSince = -1;
    } else if (farSince < 0) {
      farSince = now;
    }
    stopped = stopped ? risen >= RECOVERED : farSince >= 0 && now - farSince >= STOP_NANOS;
    yielding = risen > RISEN;
    if (yielding) {
      resting = limiter.limit() == 1;
      limiter.scale(0.9);
      share = Math.max(SHARE_MIN, share / 2);
    } else {
      resting = false;
      share = Math.min(1, 2 * share);
    }
  }

  private void recover() {
    stopped = false;
    resting = false;
    yielding = false;
    farSince = -1;
    share = Math.min(1, 2 * share);
  }
}
