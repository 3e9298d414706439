package dev.sidelight.explainers.anchor;

/**
 * Evidence against "the precision is at most t", as a betting game on hits and misses. Each of
 * seven players bets on p = t + (1 - t) g; the evidence is their mean likelihood ratio
 *
 * <pre>E_t = mean over g of (p/t)^ok ((1-p)/(1-t))^bad</pre>
 *
 * a non-negative supermartingale of mean at most 1 under every precision up to t. By Ville's
 * inequality it ever reaches 1/alpha with probability at most alpha, so one may look after every
 * row and stop whenever one likes (Ville 1939; Waudby-Smith &amp; Ramdas 2024). All in logarithms.
 */
final class EProcess {

  private static final double[] BETS = {.1, .2, .4, .6, .8, .9, .98};
  private static final double[] LOG_LEFT = new double[BETS.length];

  static {
    for (int i = 0; i < BETS.length; i++) {
      LOG_LEFT[i] = StrictMath.log1p(-BETS[i]); // (1-p)/(1-t) = 1 - g
    }
  }

  private EProcess() {}

  /**
   * ln E.
   *
   * @param threshold t, in (0, 1)
   */
  static double log(long ok, long bad, double threshold) {
    double odds = (1 - threshold) / threshold;
    double[] terms = new double[BETS.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < BETS.length; i++) {
      terms[i] = ok * StrictMath.log1p(odds * BETS[i]) + bad * LOG_LEFT[i];
      most = Math.max(most, terms[i]);
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - most);
    }
    return most + StrictMath.log(sum / BETS.length);
  }

  /** E >= 1/alpha. */
  static boolean rejects(long ok, long bad, double threshold, double alpha) {
    return log(ok, bad, threshold) >= -StrictMath.log(alpha);
  }

  /**
   * The largest q such that "the precision is at most q" is rejected; 0 if none is. Bisection to
   * the last bit or so: below the mean E_q falls with q.
   */
  static double lowerBound(long ok, long bad, double alpha) {
    double low = 0;
    if (ok == 0) {
      return low;
    }
    double high = (double) ok / (ok + bad);
    for (int i = 0; i < 80; i++) {
      double middle = (low + high) / 2;
      if (middle > low && middle < 1 && rejects(ok, bad, middle, alpha)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The same from above: hits and misses change places. */
  static double upperBound(long ok, long bad, double alpha) {
    return 1 - lowerBound(bad, ok, alpha);
  }
}
