package dev.sidelight.explainers.shap;

/** Shapley values and interactions of a game whose every coalition was evaluated. */
final class ExactShapley {

  private ExactShapley() {}

  /**
   * phi_i = sum over S without i of |S|! (d-|S|-1)! / d! (v(S+i) - v(S)).
   *
   * @param v 2^d values; bit i of the index says that player i is in
   * @param d number of players, 0 to 30
   */
  static double[] values(double[] v, int d) {
    double[] weight = weights(d);
    double[] phi = new double[d];
    for (int i = 0; i < d; i++) {
      int bit = 1 << i;
      CompensatedSum sum = new CompensatedSum();
      for (int high = 0; high < v.length; high += 2 * bit) {
        for (int mask = high; mask < high + bit; mask++) {
          sum.add(weight[Integer.bitCount(mask)] * (v[mask | bit] - v[mask]));
        }
      }
      phi[i] = sum.value();
    }
    return phi;
  }

  /**
   * SII_ij = sum over S without i, j of |S|! (d-|S|-2)! / (d-1)! (v(S+i+j) - v(S+i) - v(S+j) +
   * v(S)), the pairs (0, 1), (0, 2), ..., (1, 2), ... Cost d^2 2^d / 8.
   */
  static double[] interactions(double[] v, int d) {
    double[] weight = weights(d - 1);
    double[] sii = new double[Math.max(0, d * (d - 1) / 2)];
    for (int i = 0, pair = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++, pair++) {
        int one = 1 << i;
        int other = 1 << j;
        CompensatedSum sum = new CompensatedSum();
        for (int mask = 0; mask < v.length; mask++) {
          if ((mask & (one | other)) == 0) {
            double both = v[mask | one | other] - v[mask | one] - v[mask | other] + v[mask];
            sum.add(weight[Integer.bitCount(mask)] * both);
          }
        }
        sii[pair] = sum.value();
      }
    }
    return sii;
  }

  /** By log-factorials: 20! no longer fits the 53 bits of a double. */
  private static double[] weights(int d) {
    if (d < 1) {
      return new double[0];
    }
    double[] logFactorial = new double[d + 1];
    for (int i = 2; i <= d; i++) {
      logFactorial[i] = logFactorial[i - 1] + StrictMath.log(i);
    }
    double[] weight = new double[d];
    for (int s = 0; s < d; s++) {
      weight[s] = StrictMath.exp(logFactorial[s] + logFactorial[d - s - 1] - logFactorial[d]);
    }
    return weight;
  }
}
