package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/**
 * The odd part of a game as a Gaussian process over pairs, whose Shapley values have closed form.
 *
 * <p>Two things tell how sure it is. The delete-a-block jackknife, which assumes nothing but sees
 * errors that fall faster than one over the root of the pairs as larger than they are; and the
 * process's own posterior, which believes its kernel. The standard error is the cube root of their
 * product with the posterior counted twice: on real models it covers 95 to 99 % where the jackknife
 * alone comes to 100 and the posterior alone to 90.
 */
final class OddProcess {

  private final PairSample sample;
  private final int[] chosen;
  private final double[][] chi;
  private final PairKernel kernel;
  private final GaussianFit fit;
  private final double[][] readout;

  private OddProcess(
      PairSample sample, int[] chosen, double[][] chi, PairKernel kernel, GaussianFit fit) {
    this.sample = sample;
    this.chosen = chosen;
    this.chi = chi;
    this.kernel = kernel;
    this.fit = fit;
    this.readout = fit.toHalfSpace(new KernelReadout(kernel.weights()).shapley(chi));
  }

  /**
   * @param chosen the pairs to fit, ascending
   * @return null where the covariance is singular even with ten times the nugget. Cost q^3 / 3
   */
  static @Nullable OddProcess fit(PairSample sample, int[] chosen, KernelSearch.Choice choice) {
    double[][] chi = sample.signs(chosen);
    PairKernel kernel = new PairKernel(choice.weights());
    double[][] odd = new double[sample.outputs()][];
    for (int k = 0; k < odd.length; k++) {
      odd[k] = sample.oddOf(k, chosen);
    }
    double[][] covariance = kernel.odd(chi);
    for (double nugget : new double[] {choice.nugget(), 10 * choice.nugget()}) {
      double[][] matrix = new double[covariance.length][];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = covariance[i].clone();
      }
      kernel.addNugget(matrix, nugget);
      @Nullable GaussianFit fit = GaussianFit.of(matrix, odd);
      if (fit != null) {
        return new OddProcess(sample, chosen, chi, kernel, fit);
      }
    }
    return null;
  }

  /** Shapley values of an output; they sum to delta but for the jitter of the boundary pair. */
  double[] values(int output) {
    return read(fit.half(output));
  }

  private double[] read(double[] half) {
    double[] phi = new double[readout.length];
    for (int i = 0; i < phi.length; i++) {
      phi[i] = Rows.dot(readout[i], half, 0, half.length);
    }
    return phi;
  }

  /**
   * @param blocks of positions in {@code chosen}
   * @return per output and player
   */
  double[][] stdErrors(Jackknife blocks) {
    double[] before = new KernelReadout(kernel.weights()).priorVariances();
    double[][][] without = new double[sample.outputs()][blocks.blocks().length][];
    for (int b = 0; b < blocks.blocks().length; b++) {
      double[][] halves = fit.halvesWithout(blocks.blocks()[b]);
      for (int k = 0; k < halves.length; k++) {
        without[k][b] = read(halves[k]);
      }
    }
    double[][] stdErrors = new double[sample.outputs()][];
    for (int k = 0; k < stdErrors.length; k++) {
      stdErrors[k] = Jackknife.stdErrors(without[k]);
      double scale = fit.scale(k, chosen.length);
      for (int i = 0; i < before.length; i++) {
        double seen = Rows.dot(readout[i], readout[i], 0, readout[i].length);
        double posterior = scale * Math.max(0, before[i] - seen);
        stdErrors[k][i] = StrictMath.cbrt(stdErrors[k][i] * posterior);
      }
    }
    return stdErrors;
  }

  /**
   * How far the fit is off at every pair of the sample without having seen it: by leave-one-out
   * where it was fitted, by prediction elsewhere.
   *
   * @return shape [outputs][pairs]
   */
  double[][] unseenErrors() {
    double[][] errors = new double[sample.outputs()][sample.pairs()];
    for (int j = 0, at = 0; j < sample.pairs(); j++) {
      boolean fitted = at < chosen.length && chosen[at] == j;
      double[] covariance = fitted ? new double[0] : kernel.odd(sample.halves().get(j), chi);
      for (int k = 0; k < errors.length; k++) {
        errors[k][j] =
            fitted
                ? fit.unseenError(k, at)
                : sample.odd()[k][j] - Rows.dot(covariance, fit.alpha(k), 0, covariance.length);
      }
      at += fitted ? 1 : 0;
    }
    return errors;
  }
}
