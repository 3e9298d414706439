package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/**
 * Weighted least squares: Z'WZ, and Z'Wo per output. Cost n^2 / 2 per row. Balanced rows are z -
 * s/n, which have no component along (1, ..., 1).
 */
final class NormalEquations {

  /** Where a system is singular, first this much of the mean diagonal is added. */
  private static final double JITTER = 1e-10;

  private final int players;
  private final boolean balanced;
  private final double[][] matrix;
  private final double[][] right;

  private NormalEquations(int players, int outputs, boolean balanced) {
    this.players = players;
    this.balanced = balanced;
    this.matrix = new double[players][players];
    this.right = new double[outputs][players];
  }

  static NormalEquations balanced(int players, int outputs) {
    return new NormalEquations(players, outputs, true);
  }

  /** Of rows of any kind. */
  static NormalEquations free(int columns, int outputs) {
    return new NormalEquations(columns, outputs, false);
  }

  /** z - s/n. */
  static void centre(Coalition half, double[] row) {
    double share = (double) half.size() / row.length;
    for (int i = 0; i < row.length; i++) {
      row[i] = (half.has(i) ? 1 : 0) - share;
    }
  }

  /**
   * @param targets per output
   */
  void add(double[] row, double weight, double[] targets) {
    for (int i = 0; i < players; i++) {
      Rows.add(matrix[i], weight * row[i], row, i, players);
    }
    for (int k = 0; k < right.length; k++) {
      Rows.add(right[k], weight * targets[k], row, 0, players);
    }
  }

  /** Turns the equations of some rows into those of all the others. */
  void becomeComplementOf(NormalEquations whole) {
    for (int i = 0; i < players; i++) {
      for (int j = i; j < players; j++) {
        matrix[i][j] = whole.matrix[i][j] - matrix[i][j];
      }
    }
    for (int k = 0; k < right.length; k++) {
      for (int i = 0; i < players; i++) {
        right[k][i] = whole.right[k][i] - right[k][i];
      }
    }
  }

  /**
   * @param ridge share of the mean diagonal that is added to it
   * @return solutions of minimum norm, per output and player
   */
  double[][] solve(double ridge) {
    Cholesky factor = factor(ridge);
    double[][] solutions = new double[right.length][];
    for (int k = 0; k < right.length; k++) {
      solutions[k] = right[k].clone();
      factor.solve(solutions[k]);
    }
    return solutions;
  }

  Cholesky factor(double ridge) {
    double trace = 0;
    for (int i = 0; i < players; i++) {
      trace += matrix[i][i];
    }
    double added = ridge;
    @Nullable Cholesky factor = Cholesky.of(system(trace / players, added));
    while (factor == null) { // ends: a large enough ridge makes anything regular
      added = Math.max(JITTER, 100 * added);
      factor = Cholesky.of(system(trace / players, added));
    }
    return factor;
  }

  /**
   * A positive entry along (1, ..., 1) makes balanced equations regular and leaves the solution at
   * minimum norm.
   */
  private double[][] system(double meanDiagonal, double added) {
    double scale = meanDiagonal > 0 ? meanDiagonal : 1;
    double[][] system = new double[players][players];
    for (int i = 0; i < players; i++) {
      for (int j = i; j < players; j++) {
        system[i][j] = matrix[i][j] + (balanced ? scale / players : 0);
      }
      system[i][i] += added * scale;
    }
    return system;
  }
}
