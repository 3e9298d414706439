package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Stopped;

/**
 * A game solved, for its own players only.
 *
 * @param method {@code exact}, {@code odd-gp}, {@code leverage} or {@code row}
 * @param quantile half an interval's width in standard errors
 * @param outputs one per explained output
 */
record Solution(String method, Stopped stopped, double quantile, OutputSolution[] outputs) {

  static final String ENUMERATED = "exact";

  /**
   * @param baseline value of nobody, in link space
   * @param prediction value of everybody
   * @param phi one per player, before the spread that makes them sum to prediction - baseline
   * @param stdErrors zeros where nothing was sampled
   * @param backgroundStdErrors empty where they cannot be told
   * @param constant no coalition changes anything: the values are zeros and stay so
   * @param pairwise of every two players, none unless asked for
   */
  record OutputSolution(
      double baseline,
      double prediction,
      double[] phi,
      double[] stdErrors,
      double[] backgroundStdErrors,
      boolean constant,
      Pairwise pairwise) {}

  /**
   * Interaction indices, pairs (0, 1), (0, 2), ..., (1, 2), ...
   *
   * @param values n (n - 1) / 2, or none
   * @param stdErrors as many
   */
  record Pairwise(double[] values, double[] stdErrors) {

    static final Pairwise NONE = new Pairwise(new double[0], new double[0]);

    boolean isEmpty() {
      return values.length == 0;
    }
  }

  boolean enumerated() {
    return method.equals(ENUMERATED);
  }

  Solution endedBy(Stopped reason) {
    return new Solution(method, reason, quantile, outputs);
  }
}
