package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/**
 * Interaction indices from the even part of the game, e(S) = (v(S) + v(complement)) / 2, of the
 * same pairs under the same player weights. A constant has no interactions, so each output's mean
 * is taken off first.
 */
final class EvenProcess {

  /** Shape [outputs][n (n - 1) / 2], pairs (0, 1), (0, 2), ..., (1, 2), ... */
  record Fit(double[][] sii, double[][] stdErrors) {}

  private EvenProcess() {}

  /**
   * @param jackknife of positions in {@code chosen}
   * @return null where the covariance is singular
   */
  static @Nullable Fit fit(
      PairSample sample, int[] chosen, KernelSearch.Choice choice, Jackknife jackknife) {
    double[][] chi = sample.signs(chosen);
    PairKernel kernel = new PairKernel(choice.weights());
    double[][] even = new double[sample.outputs()][];
    for (int k = 0; k < even.length; k++) {
      even[k] = centred(sample.evenOf(k, chosen));
    }
    double[][] matrix = kernel.even(chi);
    kernel.addNugget(matrix, choice.nugget());
    @Nullable GaussianFit fit = GaussianFit.of(matrix, even);
    if (fit == null) {
      return null;
    }
    int outputs = even.length;
    int blocks = jackknife.blocks().length;
    double[][] alphas = new double[outputs * (blocks + 1)][];
    for (int k = 0; k < outputs; k++) {
      alphas[k] = fit.alpha(k);
    }
    for (int b = 0; b < blocks; b++) {
      double[][] halves = fit.halvesWithout(jackknife.blocks()[b]);
      for (int k = 0; k < outputs; k++) {
        alphas[outputs * (b + 1) + k] = fit.alpha(halves[k]);
      }
    }
    double[][] all = new KernelReadout(choice.weights()).interactions(chi, alphas);
    return collect(all, outputs, blocks);
  }

  private static double[] centred(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (int j = 0; j < values.length; j++) {
      values[j] -= mean;
    }
    return values;
  }

  private static Fit collect(double[][] all, int outputs, int blocks) {
    double[][] sii = new double[outputs][];
    double[][] stdErrors = new double[outputs][];
    for (int k = 0; k < outputs; k++) {
      double[][] without = new double[blocks][];
      for (int b = 0; b < blocks; b++) {
        without[b] = all[outputs * (b + 1) + k];
      }
      sii[k] = all[k];
      stdErrors[k] = Jackknife.stdErrors(without);
    }
    return new Fit(sii, stdErrors);
  }
}
