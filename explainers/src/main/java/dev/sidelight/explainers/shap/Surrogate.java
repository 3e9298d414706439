package dev.sidelight.explainers.shap;

/**
 * A cheap model g of the model, whose Shapley values are known in closed form. Row mode explains g
 * exactly and samples only what g gets wrong, so its answer is unbiased whatever g is worth; a good
 * one makes it less noisy. Groups are those of the {@link Background}.
 */
interface Surrogate {

  /** g(x on S, the group's row elsewhere) of one output. */
  double value(int group, Coalition coalition, int output);

  /** Shapley values of S -> g(x on S, the group's row elsewhere), one per player in the game. */
  double[] shapley(int group, int output);

  /** Knows nothing. */
  static Surrogate none(int players) {
    return new Surrogate() {
      @Override
      public double value(int group, Coalition coalition, int output) {
        return 0;
      }

      @Override
      public double[] shapley(int group, int output) {
        return new double[players];
      }
    };
  }
}
