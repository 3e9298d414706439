package dev.sidelight.proxy.demo;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws rows of the census with given weights; a draw costs a binary search. */
final class RowDraw {

  private final double[] cumulative;

  private RowDraw(double[] weights) {
    cumulative = weights.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** Every row alike. */
  static RowDraw uniform(Census census) {
    double[] weights = new double[census.size()];
    Arrays.fill(weights, 1);
    return new RowDraw(weights);
  }

  /** Older people with fewer hours: weight exp(z(age) - z(hours_per_week) / 2). */
  static RowDraw older(Census census) {
    double[] age = standardised(census.numbers(Census.AGE));
    double[] hours = standardised(census.numbers(Census.HOURS));
    double[] weights = new double[census.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(age[i] - (0.5 * hours[i]));
    }
    return new RowDraw(weights);
  }

  int next(SplittableRandom random) {
    double at = random.nextDouble(cumulative[cumulative.length - 1]);
    int found = Arrays.binarySearch(cumulative, at);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = Math.sqrt(variance);
    return Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
  }
}
