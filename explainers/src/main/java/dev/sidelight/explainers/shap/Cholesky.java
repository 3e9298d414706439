package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/** Factor of a symmetric positive definite matrix, on a flat array. Cost n^3 / 6 multiply-adds. */
final class Cholesky {

  /** A pivot below this share of its diagonal entry is rounding, not information. */
  private static final double PIVOT_MIN = 1e-13;

  private final int n;
  private final double[] lower;

  private Cholesky(int n, double[] lower) {
    this.n = n;
    this.lower = lower;
  }

  /**
   * @param matrix n x n row-major, of which the lower triangle is read and overwritten
   * @return null where the matrix is singular to working precision
   */
  static @Nullable Cholesky of(int n, double[] matrix) {
    for (int i = 0; i < n; i++) {
      int row = i * n;
      double diagonal = matrix[row + i];
      for (int j = 0; j <= i; j++) {
        int other = j * n;
        double rest = matrix[row + j];
        for (int l = 0; l < j; l++) {
          rest -= matrix[row + l] * matrix[other + l];
        }
        if (j < i) {
          matrix[row + j] = rest / matrix[other + j];
        } else if (rest > PIVOT_MIN * diagonal) {
          matrix[row + i] = Math.sqrt(rest);
        } else {
          return null;
        }
      }
    }
    return new Cholesky(n, matrix);
  }

  /** Solves in place: the right-hand side becomes the solution. */
  void solve(double[] right) {
    for (int i = 0; i < n; i++) {
      double rest = right[i];
      for (int l = 0; l < i; l++) {
        rest -= lower[i * n + l] * right[l];
      }
      right[i] = rest / lower[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double solved = right[i] / lower[i * n + i];
      right[i] = solved;
      for (int l = 0; l < i; l++) {
        right[l] -= lower[i * n + l] * solved;
      }
    }
  }
}
