package dev.sidelight.explainers.shap;

/**
 * The kernel's only shape: how strongly the game's value may depend on each player and on their
 * products. Player j weighs a_j in (0, 1); a product of players weighs the product of theirs.
 *
 * @param a one per player
 */
record PlayerWeights(double[] a) {

  /** Beyond this the kernel tells two coalitions apart by almost any one player. */
  private static final double MOST = 0.95;

  /** A player of no visible importance keeps this share of the largest. */
  private static final double LEAST = 1e-3;

  /**
   * a_j = min(0.95, c r_j^p), r_j the player's share of the largest first estimate.
   *
   * @param start first estimate of the values
   */
  static PlayerWeights of(double[] start, double c, double p) {
    double most = 0;
    for (double phi : start) {
      most = Math.max(most, Math.abs(phi));
    }
    double[] a = new double[start.length];
    for (int j = 0; j < a.length; j++) {
      double share = most == 0 ? 1 : Math.max(LEAST, Math.abs(start[j]) / most);
      a[j] = Math.min(MOST, c * StrictMath.pow(share, p));
    }
    return new PlayerWeights(a);
  }

  /** d_j = atanh(a_j). */
  double[] depths() {
    double[] depths = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      depths[j] = (StrictMath.log1p(a[j]) - StrictMath.log1p(-a[j])) / 2;
    }
    return depths;
  }
}
