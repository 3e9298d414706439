package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Delete-a-block jackknife: pairs fall at random into ten blocks, each is left out in turn, and the
 * spread of the ten answers tells how sure the whole is.
 *
 * @param blocks indices of pairs
 */
record Jackknife(int[][] blocks) {

  static final int BLOCKS = 10;

  /** Student's t, 97.5 %, 9 degrees. */
  static final double T_INTERVAL = 2.262;

  /** Each block needs two pairs at least. */
  static final int PAIRS_MIN = 2 * BLOCKS;

  static Jackknife of(int pairs, RandomStream shuffle) {
    int[] order = shuffle.permutation(pairs);
    List<List<Integer>> members = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      members.add(new ArrayList<>());
    }
    for (int j = 0; j < pairs; j++) {
      members.get(order[j] % BLOCKS).add(j);
    }
    return new Jackknife(
        members.stream()
            .map(block -> block.stream().mapToInt(j -> j).toArray())
            .toArray(int[][]::new));
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
