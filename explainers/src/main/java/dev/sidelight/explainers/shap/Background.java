package dev.sidelight.explainers.shap;

import java.util.Arrays;

/**
 * The background as the game sees it: per player only which rows share x's value and which share
 * each other's. Equal rows are one <em>group</em> with their weights added, so a row given twice
 * and a row of weight 2 are the same game.
 *
 * <p>Players here are the n features or feature groups that differ from x in at least one row; the
 * others cannot have anything but exactly 0.
 *
 * @param active the masker's number of each player in the game, ascending
 * @param codes per group and player: 0 where the row has x's value, else a number shared by the
 *     rows with the same value
 * @param differing per group: the players with a code other than 0, ascending
 * @param weight per group, sums to 1
 * @param squaredWeight per group: the sum of the squares of its rows' weights
 * @param rowsOf per group: how many reference rows it stands for
 * @param firstRow per group: one of them
 */
record Background(
    int[] active,
    int[][] codes,
    int[][] differing,
    double[] weight,
    double[] squaredWeight,
    int[] rowsOf,
    int[] firstRow) {

  /** n. */
  int players() {
    return active.length;
  }

  int groups() {
    return codes.length;
  }

  int rows() {
    return Arrays.stream(rowsOf).sum();
  }

  int mostDiffering() {
    return Arrays.stream(differing).mapToInt(d -> d.length).max().orElse(0);
  }

  /** Rows of all sub-games with repeats, in doubles since 2^d may be anything. */
  double nominalRows() {
    return Arrays.stream(differing).mapToDouble(d -> Math.pow(2, d.length)).sum();
  }
}
