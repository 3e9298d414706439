package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Delete-a-block jackknife: pairs fall at random into ten blocks, each is left out in turn, and the
 * spread of the ten answers tells how sure the whole is. Few pairs make fewer blocks, of two pairs
 * at least, and an interval of more standard errors: the spread of few answers is itself unsure.
 *
 * @param blocks indices of pairs
 */
record Jackknife(int[][] blocks) {

  private static final int BLOCKS_MAX = 10;

  private static final int PAIRS_PER_BLOCK = 2;

  /** Four blocks: with fewer the interval is wider than what it encloses. */
  static final int PAIRS_MIN = 8;

  /** Student's t, 97.5 %, by degrees of freedom. */
  private static final double[] QUANTILES = {
    Double.POSITIVE_INFINITY, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
  };

  static Jackknife of(int pairs, RandomStream shuffle) {
    int blocks = Math.clamp(pairs / PAIRS_PER_BLOCK, 1, BLOCKS_MAX);
    int[] order = shuffle.permutation(pairs);
    List<List<Integer>> members = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      members.add(new ArrayList<>());
    }
    for (int j = 0; j < pairs; j++) {
      members.get(order[j] % blocks).add(j);
    }
    return new Jackknife(
        members.stream()
            .map(block -> block.stream().mapToInt(j -> j).toArray())
            .toArray(int[][]::new));
  }

  /** Half a 95 % interval in standard errors. */
  double quantile() {
    return QUANTILES[blocks.length - 1];
  }

  /**
   * @param without values with each block left out, shape [blocks][values]
   * @return one standard error per value
   */
  static double[] stdErrors(double[][] without) {
    int blocks = without.length;
    double[] stdErrors = new double[without[0].length];
    for (int i = 0; i < stdErrors.length; i++) {
      double mean = 0;
      for (double[] values : without) {
        mean += values[i] / blocks;
      }
      double squares = 0;
      for (double[] values : without) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
      stdErrors[i] = Math.sqrt(squares * (blocks - 1) / blocks);
    }
    return stdErrors;
  }
}
