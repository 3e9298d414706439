package dev.sidelight.explainers.shap;

/**
 * Nodes and weights that integrate every polynomial of degree below 2 m over [-1, 1] without error.
 *
 * @param nodes m, ascending
 * @param weights sum to 2
 */
record GaussLegendre(double[] nodes, double[] weights) {

  private static final int NEWTON_STEPS = 100;

  /** Newton's iteration on Legendre's polynomial, from Tricomi's first guess. Cost O(m^2). */
  static GaussLegendre of(int m) {
    double[] nodes = new double[m];
    double[] weights = new double[m];
    for (int i = 0; i < (m + 1) / 2; i++) {
      double x = StrictMath.cos(Math.PI * (i + 0.75) / (m + 0.5));
      double slope = 1;
      for (int step = 0; step < NEWTON_STEPS; step++) {
        double before = 0;
        double value = 1;
        for (int d = 1; d <= m; d++) {
          double next = ((2 * d - 1) * x * value - (d - 1) * before) / d;
          before = value;
          value = next;
        }
        slope = m * (x * value - before) / (x * x - 1);
        double moved = x - value / slope;
        boolean there = Math.abs(moved - x) <= 1e-16;
        x = moved;
        if (there) {
          break;
        }
      }
      nodes[m - 1 - i] = x;
      nodes[i] = -x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
      weights[m - 1 - i] = weights[i];
    }
    if (m % 2 == 1) {
      nodes[m / 2] = 0;
    }
    return new GaussLegendre(nodes, weights);
  }
}
