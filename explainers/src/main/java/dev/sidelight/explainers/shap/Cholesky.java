package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/**
 * Factor A = U'U of a symmetric positive definite matrix. Cost n^3 / 6 multiply-adds.
 *
 * <p>Eight rows at a time are taken out of all rows below them: eight multiply-adds per load and
 * store, over whole rows, which the compiler turns into vector instructions. Each row is an array
 * of its own since it does so only where it can rule out that rows overlap.
 */
final class Cholesky {

  /** A pivot below this share of its diagonal entry is rounding, not information. */
  private static final double PIVOT_MIN = 1e-13;

  private final int n;
  private final double[][] upper;

  private Cholesky(double[][] upper) {
    this.n = upper.length;
    this.upper = upper;
  }

  /**
   * @param matrix n rows of length n, of which the upper triangle is read and overwritten
   * @return null where the matrix is singular to working precision
   */
  static @Nullable Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = matrix[i][i];
    }
    for (int top = 0; top < n; top += Rows.PANEL) {
      int end = Math.min(n, top + Rows.PANEL);
      for (int k = top; k < end; k++) {
        double[] row = matrix[k];
        if (!(row[k] > PIVOT_MIN * diagonal[k])) {
          return null;
        }
        double pivot = Math.sqrt(row[k]);
        for (int j = k; j < n; j++) {
          row[j] /= pivot;
        }
        for (int i = k + 1; i < end; i++) {
          Rows.add(matrix[i], -row[i], row, i, n);
        }
      }
      removePanel(matrix, top, end);
    }
    return new Cholesky(matrix);
  }

  private static void removePanel(double[][] matrix, int top, int end) {
    if (end - top < Rows.PANEL) {
      return; // the last rows: there is nothing below them
    }
    double[] factors = new double[Rows.PANEL];
    for (int i = end; i < matrix.length; i++) {
      for (int k = 0; k < Rows.PANEL; k++) {
        factors[k] = -matrix[top + k][i];
      }
      Rows.addPanel(matrix[i], factors, 0, matrix, top, i, matrix.length);
    }
  }

  /** Solves in place: the right-hand side becomes the solution. */
  void solve(double[] right) {
    halfSolve(right);
    for (int i = n - 1; i >= 0; i--) {
      double[] row = upper[i];
      right[i] = (right[i] - Rows.dot(row, right, i + 1, n)) / row[i];
    }
  }

  /** Solves U'y = right in place: the squared length of y is right' A^-1 right. */
  void halfSolve(double[] right) {
    for (int i = 0; i < n; i++) {
      right[i] /= upper[i][i];
      Rows.add(right, -right[i], upper[i], i + 1, n);
    }
  }

  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += StrictMath.log(upper[i][i]);
    }
    return 2 * sum;
  }

  /** V = U^-1, upper triangular, so that A^-1 = V V'. Cost n^3 / 6. */
  double[][] inverseFactor() {
    double[][] inverse = new double[n][n];
    double[] factors = new double[Rows.PANEL];
    for (int i = n - 1; i >= 0; i--) {
      double[] row = inverse[i];
      double[] factor = upper[i];
      int k = i + 1;
      for (; k + Rows.PANEL <= n; k += Rows.PANEL) {
        for (int p = 0; p < Rows.PANEL; p++) {
          factors[p] = -factor[k + p];
        }
        Rows.addPanel(row, factors, 0, inverse, k, k, n);
      }
      for (; k < n; k++) {
        Rows.add(row, -factor[k], inverse[k], k, n);
      }
      row[i] = 1;
      for (int j = i; j < n; j++) {
        row[j] /= factor[i];
      }
    }
    return inverse;
  }
}
