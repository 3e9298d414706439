package dev.sidelight.explainers.shap;

import java.util.List;

/**
 * What was learned about the game: evaluated pairs (S, complement) and the boundary pair
 * (everybody, nobody), which is always known and never counted.
 *
 * @param players n
 * @param halves the S of each pair, m of them
 * @param weights the regression's weight of each pair, up to a common factor
 * @param odd shape [outputs][m]: (v(S) - v(complement)) / 2
 * @param even shape [outputs][m]: (v(S) + v(complement)) / 2
 * @param delta per output: v(everybody) - v(nobody)
 * @param middle per output: (v(everybody) + v(nobody)) / 2
 */
record PairSample(
    int players,
    List<Coalition> halves,
    double[] weights,
    double[][] odd,
    double[][] even,
    double[] delta,
    double[] middle) {

  int pairs() {
    return halves.size();
  }

  int outputs() {
    return odd.length;
  }

  /** All pairs, or {@code most} of them spread evenly over the order they were drawn in. */
  int[] spread(int most) {
    int m = pairs();
    int[] chosen = new int[Math.min(m, most)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) ((long) i * m / chosen.length);
    }
    return chosen;
  }

  /**
   * The chosen pairs as columns, the boundary pair last.
   *
   * @return shape [n][chosen + 1]: -1 where the player is in S, 1 where not
   */
  double[][] signs(int[] chosen) {
    double[][] chi = new double[players][chosen.length + 1];
    for (int j = 0; j < chosen.length; j++) {
      Coalition half = halves.get(chosen[j]);
      for (int i = 0; i < players; i++) {
        chi[i][j] = half.has(i) ? -1 : 1;
      }
    }
    for (double[] row : chi) {
      row[chosen.length] = -1;
    }
    return chi;
  }

  /** Odd parts of the chosen pairs, half of delta last. */
  double[] oddOf(int output, int[] chosen) {
    return column(odd[output], chosen, delta[output] / 2);
  }

  /** Even parts of the chosen pairs, the boundary pair's last. */
  double[] evenOf(int output, int[] chosen) {
    return column(even[output], chosen, middle[output]);
  }

  private static double[] column(double[] values, int[] chosen, double boundary) {
    double[] column = new double[chosen.length + 1];
    for (int j = 0; j < chosen.length; j++) {
      column[j] = values[chosen[j]];
    }
    column[chosen.length] = boundary;
    return column;
  }
}
