package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Stopped;

/**
 * A game solved, for its own players only.
 *
 * @param enumerated every value was evaluated
 * @param outputs one per explained output
 */
record Solution(boolean enumerated, Stopped stopped, OutputSolution[] outputs) {

  /**
   * @param baseline value of nobody, in link space
   * @param prediction value of everybody
   * @param phi one per player, before the spread that makes them sum to prediction - baseline
   * @param stdErrors zeros where nothing was sampled
   * @param backgroundStdErrors empty where they cannot be told
   * @param constant no coalition changes anything: the values are zeros and stay so
   */
  record OutputSolution(
      double baseline,
      double prediction,
      double[] phi,
      double[] stdErrors,
      double[] backgroundStdErrors,
      boolean constant) {}

  Solution endedBy(Stopped reason) {
    return new Solution(enumerated, reason, outputs);
  }
}
