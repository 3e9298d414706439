package dev.sidelight.explainers.shap;

import java.util.List;

/**
 * Weighted least squares for the odd part of the game, o(S) = (v(S) - v(complement)) / 2 = sum
 * phi_i (z_i - 1/2), with kernel weights over inclusion probabilities (Leverage SHAP, Musco &amp;
 * Witter, arXiv 2410.01917). The sum of the values is imposed, not fitted: rows are z - s/n and the
 * target is o - (Delta/n)(s - n/2), so what is left for the fit sums to 0.
 *
 * <p>Also corrects other estimates: on their residuals it finds what they missed. Cost O(pairs n^2
 * + n^3 / 6 per jackknife block); all outputs share it.
 */
final class LeverageRegression {

  /** Fewer pairs than this many per player get a ridge; plain least squares is singular there. */
  private static final double PAIRS_PER_PLAYER = 1.5;

  private static final double RIDGE = 1e-2;

  /** Values and standard errors per output and player. */
  record Fit(double[][] phi, double[][] stdErrors) {}

  private final int players;
  private final List<Coalition> halves;
  private final double[] weights;
  private final Jackknife jackknife;
  private final double ridge;

  /**
   * @param jackknife of exactly the sample's pairs
   */
  LeverageRegression(PairSample sample, Jackknife jackknife) {
    this.players = sample.players();
    this.halves = sample.halves();
    this.weights = sample.weights();
    this.jackknife = jackknife;
    this.ridge = halves.size() < PAIRS_PER_PLAYER * players ? RIDGE : 0;
  }

  /**
   * @param odd shape [outputs][pairs]
   * @param delta what the values of each output must sum to
   */
  Fit fit(double[][] odd, double[] delta) {
    NormalEquations whole = NormalEquations.balanced(players, odd.length);
    NormalEquations[] without = new NormalEquations[jackknife.blocks().length];
    double[] row = new double[players];
    for (int b = 0; b < without.length; b++) {
      without[b] = NormalEquations.balanced(players, odd.length);
      for (int j : jackknife.blocks()[b]) {
        NormalEquations.centre(halves.get(j), row);
        double[] targets = targets(odd, delta, j);
        whole.add(row, weights[j], targets);
        without[b].add(row, weights[j], targets);
      }
    }
    double[][] phi = values(whole, delta);
    double[][][] left = new double[odd.length][without.length][];
    for (int b = 0; b < without.length; b++) {
      without[b].becomeComplementOf(whole);
      double[][] values = values(without[b], delta);
      for (int k = 0; k < values.length; k++) {
        left[k][b] = values[k];
      }
    }
    double[][] stdErrors = new double[odd.length][];
    for (int k = 0; k < stdErrors.length; k++) {
      stdErrors[k] = Jackknife.stdErrors(left[k]);
    }
    return new Fit(phi, stdErrors);
  }

  private double[] targets(double[][] odd, double[] delta, int pair) {
    double fromMiddle = halves.get(pair).size() - players / 2.0;
    double[] targets = new double[odd.length];
    for (int k = 0; k < targets.length; k++) {
      targets[k] = odd[k][pair] - delta[k] / players * fromMiddle;
    }
    return targets;
  }

  private double[][] values(NormalEquations equations, double[] delta) {
    double[][] phi = equations.solve(ridge);
    for (int k = 0; k < phi.length; k++) {
      for (int i = 0; i < players; i++) {
        phi[k][i] += delta[k] / players;
      }
    }
    return phi;
  }

  /** Sum of the squares of each pair's error when the fit has not seen that pair. */
  double leaveOneOutSquares(double[] odd, double delta) {
    NormalEquations whole = NormalEquations.balanced(players, 1);
    double[][] onlyOutput = {odd};
    double[] onlyDelta = {delta};
    double[] row = new double[players];
    for (int j = 0; j < halves.size(); j++) {
      NormalEquations.centre(halves.get(j), row);
      whole.add(row, weights[j], targets(onlyOutput, onlyDelta, j));
    }
    double[] beta = whole.solve(ridge)[0];
    Cholesky factor = whole.factor(ridge);
    double squares = 0;
    for (int j = 0; j < halves.size(); j++) {
      NormalEquations.centre(halves.get(j), row);
      double residual = targets(onlyOutput, onlyDelta, j)[0];
      for (int i = 0; i < players; i++) {
        residual -= beta[i] * row[i];
      }
      factor.halfSolve(row);
      double leverage = 0;
      for (double y : row) {
        leverage += weights[j] * y * y;
      }
      double unseen = residual / Math.max(1e-9, 1 - leverage);
      squares += unseen * unseen;
    }
    return squares;
  }
}
