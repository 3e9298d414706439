package dev.sidelight.explainers.gateway;

import java.util.concurrent.TimeUnit;

/** Everything that decides how much is sent, and when. Guarded by the gateway's lock. */
final class Regulators {

  private static final long TIMEOUT_MIN = 1_000;
  private static final long TIMEOUT_MAX = 30_000;

  /** The fit is believed once it has seen so many calls. */
  private static final int SEEN_MIN = 8;

  final LatencyFit fit = new LatencyFit();
  final NoiseProbe noise = new NoiseProbe();
  final Breaker breaker = new Breaker();
  final InFlightLimiter limiter;
  final BatchSizer sizer;
  final LiveYield live;
  private long overloadedUntil = Long.MIN_VALUE;
  private int timeoutsInARow;

  Regulators(GatewaySettings settings, LiveTraffic live) {
    this.limiter = new InFlightLimiter(settings.inFlightMax());
    this.sizer = new BatchSizer(fit, settings);
    this.live = new LiveYield(live, settings.liveBudgetMillis());
  }

  int batchRows(int rowBytes) {
    int rows = sizer.rows(rowBytes, live.rowsMax(fit));
    return breaker.isHalfOpen() ? Math.min(Breaker.PROBE_ROWS, rows) : rows;
  }

  /** The server's own wish, or its breaker: nothing is sent before. */
  long serverNotBefore(long now) {
    return Math.max(breaker.notBefore(now), Math.max(now, overloadedUntil));
  }

  void retryAfter(long until) {
    overloadedUntil = Math.max(overloadedUntil, until);
  }

  void timedOut() {
    timeoutsInARow++;
  }

  /**
   * Ten times what the fit expects; doubled with every timeout, or a slowed model never recovers.
   */
  long timeoutMillis(int rows) {
    double expected = fit.seen() < SEEN_MIN ? TIMEOUT_MAX : 10 * fit.predict(rows);
    double base = Math.max(TIMEOUT_MIN, expected) * (1L << Math.min(10, timeoutsInARow));
    return (long) Math.min(TIMEOUT_MAX, base);
  }

  void answered(Batch batch, int rows, long now) {
    double millis = (now - batch.sentAt) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    breaker.alive();
    timeoutsInARow = 0;
    if (fit.seen() >= SEEN_MIN) {
      limiter.answered(millis / Math.max(1e-3, fit.predict(rows)), !live.isYielding());
    }
    if (batch.alone) {
      fit.observe(rows, millis);
    }
    sizer.answered(rows);
  }

  /** Another model stands behind the same name. */
  void newRevision() {
    fit.reset();
    noise.reset();
    limiter.reset();
    sizer.reset();
  }
}
