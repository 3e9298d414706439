package dev.sidelight.core.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Chooses the background of Shapley values out of many rows: stratified by what the model answers,
 * proportional by largest remainder, so that every chosen row weighs the same. Never summarised:
 * cluster centres as a background leave errors of several per cent.
 */
public final class BackgroundSample {

  /** Rows of a background unless said otherwise. */
  public static final int SIZE = 100;

  /** Strata of a score. */
  private static final int QUANTILES = 10;

  private BackgroundSample() {}

  /**
   * The stratum of each row by the first output tensor: its class where the answer is a label
   * (text, boolean, integer), the largest of several scores, the decile of a single score.
   *
   * @param outputs what the model answered to the rows, shape [n, ...]
   */
  public static int[] strata(Instances outputs) {
    Tensor first = outputs.tensors().get(0).tensor();
    if (first.width() > 1) {
      return largest(first);
    }
    return first.type().isFloating() ? deciles(first) : classes(first);
  }

  private static int[] largest(Tensor scores) {
    int[] strata = new int[scores.rows()];
    for (int r = 0; r < strata.length; r++) {
      for (int c = 1; c < scores.width(); c++) {
        if (scores.number(r, c) > scores.number(r, strata[r])) {
          strata[r] = c;
        }
      }
    }
    return strata;
  }

  private static int[] classes(Tensor labels) {
    Map<String, Integer> known = new HashMap<>();
    int[] strata = new int[labels.rows()];
    for (int r = 0; r < strata.length; r++) {
      strata[r] = known.computeIfAbsent(labels.text(r, 0), _ -> known.size());
    }
    return strata;
  }

  private static int[] deciles(Tensor scores) {
    double[] sorted = new double[scores.rows()];
    for (int r = 0; r < sorted.length; r++) {
      sorted[r] = scores.number(r, 0);
    }
    Arrays.sort(sorted);
    int[] strata = new int[sorted.length];
    for (int r = 0; r < strata.length; r++) {
      int below = lowerBound(sorted, scores.number(r, 0)); // equal scores share a stratum
      strata[r] = (int) ((long) below * QUANTILES / sorted.length);
    }
    return strata;
  }

  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Indices of {@code size} rows (all, if there are no more), ascending: each stratum gets its
   * share by largest remainder (ties to the lower stratum), and inside it every row has the same
   * chance.
   *
   * @param strata per row, >= 0
   */
  public static int[] choose(int[] strata, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("a background's size must be >= 1, got " + size);
    }
    int n = strata.length;
    if (n <= size) {
      int[] all = new int[n];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] left = shares(strata, size);
    int[] order = shuffled(n, seed);
    int[] chosen = new int[size];
    int at = 0;
    for (int row : order) {
      if (left[strata[row]] > 0) {
        left[strata[row]]--;
        chosen[at++] = row;
      }
    }
    Arrays.sort(chosen);
    return chosen;
  }

  private static int[] shares(int[] strata, int size) {
    int[] counts = new int[Arrays.stream(strata).max().orElse(0) + 1];
    for (int stratum : strata) {
      counts[stratum]++;
    }
    int[] shares = new int[counts.length];
    long[] remainders = new long[counts.length];
    int left = size;
    for (int s = 0; s < counts.length; s++) {
      long wanted = (long) counts[s] * size;
      shares[s] = (int) (wanted / strata.length);
      remainders[s] = wanted % strata.length;
      left -= shares[s];
    }
    for (; left > 0; left--) {
      int best = 0;
      for (int s = 1; s < remainders.length; s++) {
        if (remainders[s] > remainders[best]) {
          best = s;
        }
      }
      remainders[best] = -1;
      shares[best]++;
    }
    return shares;
  }

  private static int[] shuffled(int n, long seed) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
