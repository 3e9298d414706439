package dev.sidelight.explainers.shap;

import java.util.Arrays;

/**
 * Covariance of the odd or of the even part of a game between coalitions, with chi_j(S) = -1 where
 * j is in S and 1 where not: 1/2 [prod(1 + a_j chi_j(S) chi_j(T)) -+ prod(1 - a_j ...)] over prod(1
 * + a_j). In logarithms, with d_j = atanh(a_j), D their sum and w = sum d_j chi_j(S) chi_j(T), that
 * is 1/2 [exp(w - D) -+ exp(-w - D)]: no exponent is positive, so nothing overflows.
 */
final class PairKernel {

  /** The boundary pair is known exactly; this share of k(S, S) keeps the matrix regular. */
  private static final double JITTER = 1e-10;

  private final PlayerWeights weights;
  private final double[] depths;
  private final double depth;
  private final double edge;

  PairKernel(PlayerWeights weights) {
    this.weights = weights;
    this.depths = weights.depths();
    this.depth = Arrays.stream(depths).sum();
    this.edge = StrictMath.exp(-2 * depth);
  }

  PlayerWeights weights() {
    return weights;
  }

  /** k(S, S) of the odd part, the same for every S. */
  double diagonal() {
    return -StrictMath.expm1(-2 * depth) / 2;
  }

  /**
   * Makes a covariance among coalitions one of measured values. The last one is the boundary pair,
   * which is not measured.
   *
   * @param nugget share of k(S, S)
   */
  void addNugget(double[][] matrix, double nugget) {
    int last = matrix.length - 1;
    for (int i = 0; i < last; i++) {
      matrix[i][i] += nugget * diagonal();
    }
    matrix[last][last] += Math.min(nugget, JITTER) * diagonal();
  }

  /**
   * Upper triangle of the odd covariance among q coalitions. Cost q^2 / 2 (n + 1 exponential).
   *
   * @param chi shape [n][q]
   */
  double[][] odd(double[][] chi) {
    return covariance(chi, -1);
  }

  /** The same of the even part. */
  double[][] even(double[][] chi) {
    return covariance(chi, 1);
  }

  private double[][] covariance(double[][] chi, double sign) {
    int q = chi[0].length;
    double[][] matrix = new double[q][q];
    double[] factors = new double[chi.length];
    for (int i = 0; i < q; i++) {
      for (int player = 0; player < factors.length; player++) {
        factors[player] = depths[player] * chi[player][i];
      }
      double[] row = matrix[i];
      Rows.addAll(row, factors, chi, i, q);
      for (int j = i; j < q; j++) {
        row[j] = covariance(row[j], sign);
      }
    }
    return matrix;
  }

  private double covariance(double w, double sign) {
    double near = StrictMath.exp(w - depth);
    double far = edge > Double.MIN_NORMAL ? edge / near : StrictMath.exp(-w - depth);
    return (near + sign * far) / 2;
  }

  /** Odd covariance of one coalition with each of q others. */
  double[] odd(Coalition one, double[][] chi) {
    double[] factors = new double[chi.length];
    for (int player = 0; player < factors.length; player++) {
      factors[player] = one.has(player) ? -depths[player] : depths[player];
    }
    double[] row = new double[chi[0].length];
    Rows.addAll(row, factors, chi, 0, row.length);
    for (int j = 0; j < row.length; j++) {
      row[j] = covariance(row[j], -1);
    }
    return row;
  }
}
