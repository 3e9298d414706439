package dev.sidelight.explainers.shap;

/**
 * Second stage of row mode: regression of what the first stage left, with its mean as the total,
 * and the HC3 sandwich for how sure the sum is (MacKinnon &amp; White 1985).
 */
final class RowRegression {

  private static final double PAIRS_PER_PLAYER = 1.5;
  private static final double RIDGE = 1e-2;

  /** Mean values over the sampled background rows, and their standard errors, per output. */
  record Fit(double[][] phi, double[][] stdErrors) {}

  private RowRegression() {}

  /** Sizes are drawn uniformly, so the kernel's mass of a size is the weight: 1 / (s (n - s)). */
  static double weight(Coalition half) {
    double s = half.size();
    return 1 / (s * (half.players() - s));
  }

  static Fit fit(RowSample sample, Background background, Jackknife folds, int target) {
    AdditiveStage.Fit first = new AdditiveStage(sample, background, folds).fit(target);
    int n = sample.players();
    int outputs = sample.odd().length;
    double[][] phi = new double[outputs][];
    double[][] stdErrors = new double[outputs][];
    for (int k = 0; k < outputs; k++) {
      double total = 0;
      for (int g = 0; g < sample.groups().length; g++) {
        total += sample.shares()[g] * sample.total()[k][g];
      }
      for (double value : first.phi()[k]) {
        total -= value;
      }
      double[] errors = new double[n];
      double[] second = regress(sample, first.residuals()[k], total, errors);
      phi[k] = first.phi()[k];
      for (int i = 0; i < n; i++) {
        phi[k][i] += second[i];
      }
      stdErrors[k] = errors;
    }
    return new Fit(phi, stdErrors);
  }

  /**
   * @param stdErrors filled
   */
  private static double[] regress(
      RowSample sample, double[] residuals, double total, double[] stdErrors) {
    int n = sample.players();
    int m = residuals.length;
    NormalEquations equations = NormalEquations.balanced(n, 1);
    double[] row = new double[n];
    double[] targets = new double[m];
    for (int j = 0; j < m; j++) {
      Coalition half = sample.draws().get(j).half();
      NormalEquations.centre(half, row);
      targets[j] = residuals[j] - total / n * (half.size() - n / 2.0);
      equations.add(row, weight(half), new double[] {targets[j]});
    }
    double ridge = m < PAIRS_PER_PLAYER * n ? RIDGE : 0;
    Cholesky factor = equations.factor(ridge);
    double[] beta = equations.solve(ridge)[0];
    double[] variances = new double[n];
    double[] influence = new double[n];
    for (int j = 0; j < m; j++) {
      Coalition half = sample.draws().get(j).half();
      NormalEquations.centre(half, row);
      System.arraycopy(row, 0, influence, 0, n);
      factor.solve(influence);
      double weight = weight(half);
      double leverage = Math.min(0.99, weight * Rows.dot(influence, row, 0, n));
      double error = (targets[j] - Rows.dot(beta, row, 0, n)) / (1 - leverage);
      for (int i = 0; i < n; i++) {
        double moved = weight * error * influence[i];
        variances[i] += moved * moved;
      }
    }
    for (int i = 0; i < n; i++) {
      beta[i] += total / n;
      stdErrors[i] = Math.sqrt(variances[i]);
    }
    return beta;
  }
}
