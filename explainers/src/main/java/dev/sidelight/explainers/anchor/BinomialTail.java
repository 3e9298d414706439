package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.Interval;

/** Tails of the binomial distribution and what follows from them. */
final class BinomialTail {

  private static final double TWO_SIDED = 0.025;

  private BinomialTail() {}

  /**
   * ln P(X <= k) for X of n trials of probability p in (0, 1). Terms are summed away from the mode,
   * so they fall and few of them count.
   */
  static double logAtMost(int k, int n, double p) {
    if (k >= n) {
      return 0;
    }
    if (k < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double odds = p / (1 - p);
    double sum = 1;
    double ratio = 1;
    if (k + 1 > n * p) {
      for (int i = k + 1; i < n && ratio > sum * 1e-17; i++) {
        ratio *= (n - i) / (i + 1.0) * odds;
        sum += ratio;
      }
      return StrictMath.log1p(-Math.min(1, StrictMath.exp(logTerm(k + 1, n, p)) * sum));
    }
    for (int i = k; i > 0 && ratio > sum * 1e-17; i--) {
      ratio *= i / (n - i + 1.0) / odds;
      sum += ratio;
    }
    return logTerm(k, n, p) + StrictMath.log(sum);
  }

  private static double logTerm(int k, int n, double p) {
    return logGamma(n + 1.0)
        - logGamma(k + 1.0)
        - logGamma(n - k + 1.0)
        + k * StrictMath.log(p)
        + (n - k) * StrictMath.log1p(-p);
  }

  /** ln Gamma by Stirling's series, shifted to where it is exact; x > 0. */
  static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 12) {
      shift += StrictMath.log(y);
      y++;
    }
    double inverse = 1 / (y * y);
    double series =
        (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680.0))) / y;
    return (y - 0.5) * StrictMath.log(y) - y + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
  }

  /**
   * ln P(precision >= t) after so many hits and misses, from the flat prior Beta(1, 1): the upper
   * tail of Beta(1 + ok, 1 + bad), which is the lower tail of a binomial.
   */
  static double logPosterior(int ok, int bad, double t) {
    return logAtMost(ok, ok + bad + 1, t);
  }

  /** Clopper and Pearson's exact 95 % interval of a share (1934). */
  static Interval clopperPearson(int k, int n) {
    double low = k == 0 ? 0 : solve(k - 1, n, 1 - TWO_SIDED, 0, (double) k / n);
    double high = k == n ? 1 : solve(k, n, TWO_SIDED, (double) k / n, 1);
    return new Interval(low, high);
  }

  /** The p with P(X <= k) = level; the tail falls with p. */
  private static double solve(int k, int n, double level, double from, double to) {
    double low = from;
    double high = to;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (StrictMath.exp(logAtMost(k, n, middle)) > level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
