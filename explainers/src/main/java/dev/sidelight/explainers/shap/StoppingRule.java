package dev.sidelight.explainers.shap;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * When a sampled explanation is good enough: the largest standard error is a small share of the
 * range of the values (Covert &amp; Lee 2021), or the intervals separate the k largest.
 */
record StoppingRule(double relativeError, OptionalInt topK) {

  /**
   * @param quantile half an interval's width in standard errors
   */
  boolean isMet(double[] phi, double[] stdErrors, double quantile) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double worst = 0;
    for (int i = 0; i < phi.length; i++) {
      low = Math.min(low, phi[i]);
      high = Math.max(high, phi[i]);
      worst = Math.max(worst, stdErrors[i]);
    }
    return worst <= relativeError * (high - low)
        || (topK.isPresent() && separates(topK.getAsInt(), phi, stdErrors, quantile));
  }

  /** Each of the k largest |phi| lies clear of everything that follows it. */
  private static boolean separates(int k, double[] phi, double[] stdErrors, double quantile) {
    int[] order =
        IntStream.range(0, phi.length)
            .boxed()
            .sorted((i, j) -> Double.compare(Math.abs(phi[j]), Math.abs(phi[i])))
            .mapToInt(i -> i)
            .toArray();
    double highestAfter = Double.NEGATIVE_INFINITY;
    for (int rank = order.length - 1; rank >= 0; rank--) {
      double size = Math.abs(phi[order[rank]]);
      double half = quantile * stdErrors[order[rank]];
      if (rank < k && size - half <= highestAfter) {
        return false;
      }
      highestAfter = Math.max(highestAfter, size + half);
    }
    return true;
  }
}
