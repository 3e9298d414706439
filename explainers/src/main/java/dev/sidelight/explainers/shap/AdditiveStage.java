package dev.sidelight.explainers.shap;

import java.util.Arrays;

/**
 * First stage of row mode: each background row's game as if its players only added up, a player's
 * share being constant plus linear in x - b. Fitted ten times, each time without a tenth of the
 * pairs, so that what is left of a pair never helped to explain it away (cross-fitting,
 * Chernozhukov et al. 2018).
 */
final class AdditiveStage {

  private static final double[] RIDGES = {1e-6, 1e-4, 1e-2, 1e-1, 1};

  /** Slopes double the columns; with more players they cost more than they explain. */
  private static final int SLOPES_PLAYERS_MAX = 64;

  /** A background row's ends against one size-1 pair: exact, but not exactly additive. */
  private static final double ENDS_WEIGHT = 1;

  /**
   * @param phi mean over the groups of the additive games' values, per output
   * @param residuals shape [outputs][pairs], each by a fit that had not seen the pair
   */
  record Fit(double[][] phi, double[][] residuals) {}

  private final RowSample sample;
  private final Jackknife folds;
  private final int columns;
  private final int[] slopeOf;
  private final double[] scaleOf;
  private final boolean[][] differs;

  AdditiveStage(RowSample sample, Background background, Jackknife folds) {
    this.sample = sample;
    this.folds = folds;
    int n = sample.players();
    this.slopeOf = new int[n];
    this.scaleOf = new double[n];
    Arrays.fill(slopeOf, -1);
    int next = n;
    for (int i = 0; i < n && n <= SLOPES_PLAYERS_MAX; i++) {
      scaleOf[i] = spread(sample.differences()[i]);
      if (scaleOf[i] > 0) {
        slopeOf[i] = next++;
      }
    }
    this.columns = next;
    this.differs = new boolean[background.groups()][n];
    for (int g = 0; g < differs.length; g++) {
      for (int player : background.differing()[g]) {
        differs[g][player] = true;
      }
    }
  }

  /** Standard deviation of the numbers that are there; 0 where there are none. */
  private static double spread(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length == 0 ? 0 : Math.sqrt(squares / values.length);
  }

  /**
   * @param target output whose residuals choose the ridge
   */
  Fit fit(int target) {
    NormalEquations[] without = equations();
    Fit best = attempt(without, RIDGES[0]);
    boolean scarce = sample.draws().size() < 2 * columns;
    for (int r = 1; scarce && r < RIDGES.length; r++) {
      Fit other = attempt(without, RIDGES[r]);
      if (squares(other.residuals()[target]) < squares(best.residuals()[target])) {
        best = other;
      }
    }
    return best;
  }

  private static double squares(double[] residuals) {
    return Arrays.stream(residuals).map(r -> r * r).sum();
  }

  /** The equations of each fold: all pairs but its own, and every background row's ends. */
  private NormalEquations[] equations() {
    int outputs = sample.odd().length;
    NormalEquations whole = NormalEquations.free(columns, outputs);
    double[] row = new double[columns];
    double[] targets = new double[outputs];
    NormalEquations[] without = new NormalEquations[folds.blocks().length];
    for (int f = 0; f < without.length; f++) {
      without[f] = NormalEquations.free(columns, outputs);
      for (int j : folds.blocks()[f]) {
        features(sample.draws().get(j), row);
        for (int k = 0; k < outputs; k++) {
          targets[k] = sample.odd()[k][j];
        }
        double weight = RowRegression.weight(sample.draws().get(j).half());
        whole.add(row, weight, targets);
        without[f].add(row, weight, targets);
      }
    }
    for (int g = 0; g < sample.groups().length; g++) {
      features(sample.groups()[g], null, row);
      for (int k = 0; k < outputs; k++) {
        targets[k] = sample.total()[k][g] / 2;
      }
      whole.add(row, ENDS_WEIGHT / sample.players(), targets);
    }
    for (NormalEquations fold : without) {
      fold.becomeComplementOf(whole);
    }
    return without;
  }

  private void features(RowDesign.Draw draw, double[] row) {
    features(draw.group(), draw.half(), row);
  }

  /**
   * (z_i - 1/2) 1[b_i differs] and (z_i - 1/2) (x_i - b_i) / sd_i.
   *
   * @param half null for everybody
   */
  private void features(
      int group, @org.jspecify.annotations.Nullable Coalition half, double[] row) {
    for (int i = 0; i < sample.players(); i++) {
      double side = half == null || half.has(i) ? 0.5 : -0.5;
      row[i] = differs[group][i] ? side : 0;
      if (slopeOf[i] >= 0) {
        row[slopeOf[i]] = side * sample.differences()[i][group] / scaleOf[i];
      }
    }
  }

  private Fit attempt(NormalEquations[] without, double ridge) {
    int outputs = sample.odd().length;
    double[][] phi = new double[outputs][sample.players()];
    double[][] residuals = new double[outputs][sample.draws().size()];
    double[] row = new double[columns];
    double[] mean = meanFeatures();
    for (int f = 0; f < without.length; f++) {
      double[][] beta = without[f].solve(ridge);
      for (int k = 0; k < outputs; k++) {
        for (int i = 0; i < sample.players(); i++) {
          double value = beta[k][i] * mean[i];
          value += slopeOf[i] >= 0 ? beta[k][slopeOf[i]] * mean[slopeOf[i]] : 0;
          phi[k][i] += value / without.length;
        }
        for (int j : folds.blocks()[f]) {
          features(sample.draws().get(j), row);
          residuals[k][j] = sample.odd()[k][j] - Rows.dot(beta[k], row, 0, columns);
        }
      }
    }
    return new Fit(phi, residuals);
  }

  /** The mean over the groups of what multiplies the coefficients in a player's value. */
  private double[] meanFeatures() {
    double[] mean = new double[columns];
    double[] row = new double[columns];
    for (int g = 0; g < sample.groups().length; g++) {
      features(sample.groups()[g], null, row);
      Rows.add(mean, 2 * sample.shares()[g], row, 0, columns);
    }
    return mean;
  }
}
