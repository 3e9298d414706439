package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/**
 * Gaussian-process regression on q columns: with A the covariance and its nugget and V V' = A^-1,
 * the fitted function is sum_T alpha_T k(., T), alpha = V V' o. A linear functional with value r_T
 * at k(., T) has the value r'alpha = (r V) y, y = V' o: "half space" below is where y lives.
 */
final class GaussianFit {

  private final double[][] v;
  private final double[][] halves;
  private final double[][] alphas;
  private final double[] precision;

  /**
   * @param v upper triangular
   * @param values shape [outputs][q]
   */
  private GaussianFit(double[][] v, double[][] values) {
    int q = v.length;
    this.v = v;
    this.halves = new double[values.length][q];
    this.alphas = new double[values.length][];
    this.precision = new double[q];
    for (int k = 0; k < values.length; k++) {
      for (int i = 0; i < q; i++) {
        Rows.add(halves[k], values[k][i], v[i], i, q);
      }
      alphas[k] = alpha(halves[k]);
    }
    for (int i = 0; i < q; i++) {
      precision[i] = Rows.dot(v[i], v[i], i, q);
    }
  }

  /**
   * @param matrix A, q rows of length q, of which the upper triangle is read and overwritten
   * @param values shape [outputs][q]
   * @return null where A is singular. Cost q^3 / 3
   */
  static @Nullable GaussianFit of(double[][] matrix, double[][] values) {
    @Nullable Cholesky factor = Cholesky.of(matrix);
    return factor == null ? null : new GaussianFit(factor.inverseFactor(), values);
  }

  /** y of an output. */
  double[] half(int output) {
    return halves[output];
  }

  /** V times a vector of half space. Cost q^2 / 2. */
  double[] alpha(double[] half) {
    double[] alpha = new double[half.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = Rows.dot(v[i], half, i, alpha.length);
    }
    return alpha;
  }

  double[] alpha(int output) {
    return alphas[output];
  }

  /** r V for every functional r. Cost q^2 / 2 each. */
  double[][] toHalfSpace(double[][] functionals) {
    int q = v.length;
    double[][] halfRows = new double[functionals.length][q];
    for (int i = 0; i < functionals.length; i++) {
      for (int k = 0; k < q; k++) {
        Rows.add(halfRows[i], functionals[i][k], v[k], k, q);
      }
    }
    return halfRows;
  }

  /**
   * What the fit would be off by at column i had it not seen it: alpha_i over (A^-1)_ii (Rasmussen
   * &amp; Williams 2006, section 5.4.2).
   */
  double unseenError(int output, int column) {
    return alphas[output][column] / precision[column];
  }

  /** Scale of the process, from how large the unseen errors are against what A expects. */
  double scale(int output, int columns) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += alphas[output][i] * alphas[output][i] / precision[i];
    }
    return sum / columns;
  }

  /**
   * y of the fit without a block of columns, hyper-parameters kept: alpha_A - C_AB C_BB^-1 alpha_B
   * with C = A^-1 is V (y - V_B' w), C_BB w = alpha_B. Nothing is factored but C_BB.
   *
   * @return per output
   */
  double[][] halvesWithout(int[] block) {
    int q = v.length;
    double[][] inverse = new double[block.length][block.length];
    for (int i = 0; i < block.length; i++) {
      for (int j = i; j < block.length; j++) {
        int from = Math.max(block[i], block[j]);
        inverse[i][j] = Rows.dot(v[block[i]], v[block[j]], from, q);
      }
    }
    @Nullable Cholesky factor = Cholesky.of(inverse);
    double[][] without = new double[halves.length][];
    for (int k = 0; k < without.length; k++) {
      without[k] = halves[k].clone();
      if (factor != null) { // null: the block repeats what the others say
        double[] w = new double[block.length];
        for (int i = 0; i < w.length; i++) {
          w[i] = alphas[k][block[i]];
        }
        factor.solve(w);
        for (int i = 0; i < w.length; i++) {
          Rows.add(without[k], -w[i], v[block[i]], block[i], q);
        }
      }
    }
    return without;
  }
}
