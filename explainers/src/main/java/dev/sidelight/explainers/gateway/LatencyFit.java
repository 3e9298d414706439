package dev.sidelight.explainers.gateway;

import java.util.Arrays;

/**
 * Latency of a call as L + c n: least squares over (1, n) with forgetting 0.98, kept as six decayed
 * sums, which is recursive least squares without its matrix. L and c are never negative. A residual
 * beyond 3 scaled MAD is a stall of somebody's machine and is left out, unless five in a row say
 * that the model itself has changed: then the fit begins anew. Milliseconds. Not thread-safe.
 */
final class LatencyFit {

  private static final double FORGETTING = 0.98;
  private static final double MAD_SCALE = 1.4826;
  private static final int RESIDUALS = 32;
  private static final int OUTLIERS_IN_A_ROW = 5;

  private final double[] residuals = new double[RESIDUALS];
  private int seen;
  private int outliers;
  private double weight;
  private double weightSquared;
  private double n1;
  private double n2;
  private double t1;
  private double t2;
  private double nt;

  void observe(int n, double millis) {
    if (seen > 0) {
      double residual = millis - predict(n);
      boolean stray = isStray(residual, millis);
      if (stray && ++outliers < OUTLIERS_IN_A_ROW) {
        return;
      }
      if (stray) {
        reset();
      } else {
        residuals[seen % RESIDUALS] = residual;
      }
    }
    outliers = 0;
    seen++;
    add(n, millis);
  }

  private boolean isStray(double residual, double millis) {
    int kept = Math.min(seen, RESIDUALS);
    if (kept < 8) {
      return false;
    }
    double[] sizes = Arrays.stream(residuals).limit(kept).map(Math::abs).sorted().toArray();
    double mad = MAD_SCALE * sizes[kept / 2];
    // A tenth of the latency is always believed: a simulator's MAD is next to nothing.
    return Math.abs(residual) > Math.max(3 * mad, 0.1 * Math.min(millis, millis - residual));
  }

  private void add(int n, double millis) {
    weight = FORGETTING * weight + 1;
    weightSquared = FORGETTING * FORGETTING * weightSquared + 1;
    n1 = FORGETTING * n1 + n;
    n2 = FORGETTING * n2 + (double) n * n;
    t1 = FORGETTING * t1 + millis;
    t2 = FORGETTING * t2 + millis * millis;
    nt = FORGETTING * nt + n * millis;
  }

  /** c, milliseconds a row. */
  double perRow() {
    double c = rawPerRow();
    if (c <= 0 || weight == 0) {
      return 0;
    }
    // L < 0 is no latency: the best line through the origin stands for both.
    return rawFixed(c) >= 0 ? c : Math.max(0, nt / n2);
  }

  /** L, milliseconds a call. */
  double fixed() {
    return weight == 0 ? 0 : Math.max(0, rawFixed(perRow()));
  }

  double predict(int n) {
    return fixed() + perRow() * n;
  }

  /** Calls seen since the last start. */
  int seen() {
    return seen;
  }

  /** The standard error of c is below 20 % of it. */
  boolean isKnown() {
    double c = perRow();
    return seen >= 4 && c > 0 && perRowError() < 0.2 * c;
  }

  private double perRowError() {
    double spread = n2 - n1 * n1 / weight;
    double effective = weight * weight / weightSquared;
    if (spread <= 1e-9 * n2 || effective <= 2) {
      return Double.POSITIVE_INFINITY;
    }
    double c = rawPerRow();
    double left = t2 - t1 * t1 / weight - c * c * spread;
    double variance = Math.max(0, left) / weight * effective / (effective - 2);
    return Math.sqrt(variance * weightSquared / weight / spread);
  }

  private double rawPerRow() {
    double spread = weight == 0 ? 0 : n2 - n1 * n1 / weight;
    return spread <= 1e-9 * n2 ? 0 : (nt - n1 * t1 / weight) / spread;
  }

  private double rawFixed(double c) {
    return (t1 - c * n1) / weight;
  }

  void reset() {
    seen = 0;
    outliers = 0;
    weight = 0;
    weightSquared = 0;
    n1 = 0;
    n2 = 0;
    t1 = 0;
    t2 = 0;
    nt = 0;
  }
}
