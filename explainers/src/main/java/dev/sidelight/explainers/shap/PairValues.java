package dev.sidelight.explainers.shap;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of the pairs taken so far: their hybrids in the game, the odd and the even part of
 * each, and the range of everything seen.
 */
final class PairValues {

  /** A game that moves less than this share of its own size is constant. */
  private static final double CONSTANT = 1e-12;

  private final Game game;
  private final PairedDesign design;
  private final Coalition nobody;
  private final List<Coalition> taken = new ArrayList<>();
  private final List<double[]> odd = new ArrayList<>();
  private final List<double[]> even = new ArrayList<>();
  private int droppedBefore;
  private double[] baseline = new double[0];
  private double[] prediction = new double[0];
  private double[] low = new double[0];
  private double[] high = new double[0];

  PairValues(Game game, PairedDesign design) {
    this.game = game;
    this.design = design;
    this.nobody = Coalition.empty(design.players());
  }

  /** The background rows themselves; x is in the game already. */
  void addEnds() {
    add(nobody);
    game.countLogical(game.background().rows() + 1);
  }

  private void add(Coalition coalition) {
    for (int g = 0; g < game.background().groups(); g++) {
      game.hybrids().add(g, coalition.words());
    }
  }

  /**
   * Distinct rows there would be with this plan and the ends; counting ends above {@code rowsMax}.
   */
  int rowsWith(int[] plan, int rowsMax) {
    int before = game.hybrids().size();
    add(nobody);
    for (Coalition coalition : newIn(plan)) {
      add(coalition);
      add(coalition.complement());
      if (game.hybrids().size() > rowsMax) {
        break;
      }
    }
    int rows = game.hybrids().size();
    game.hybrids().truncate(before);
    return rows;
  }

  private List<Coalition> newIn(int[] plan) {
    List<Coalition> more = new ArrayList<>();
    for (int s = 1; s < plan.length; s++) {
      for (int j = design.count(s); j < plan[s]; j++) {
        more.add(design.pair(s, j));
      }
    }
    return more;
  }

  /** Adds the plan's new hybrids to the game, to be asked next. */
  void take(int[] plan) {
    List<Coalition> more = newIn(plan);
    for (Coalition coalition : more) {
      add(coalition);
      add(coalition.complement());
    }
    taken.addAll(more);
    game.countLogical(2.0 * more.size() * game.background().rows());
    design.take(plan);
  }

  /** Computes what is new, and everything again once a background row has left the game. */
  void evaluate() {
    dropRefused();
    if (odd.isEmpty() || game.rowsDropped() != droppedBefore) {
      droppedBefore = game.rowsDropped();
      game.scale().restart();
      odd.clear();
      even.clear();
      baseline = new double[game.outputs()];
      game.value(nobody, baseline);
      prediction = new double[game.outputs()];
      for (int k = 0; k < prediction.length; k++) {
        prediction[k] = game.prediction(k);
      }
      low = prediction.clone();
      high = prediction.clone();
      widen(baseline);
    }
    double[] inside = new double[game.outputs()];
    double[] outside = new double[game.outputs()];
    for (int j = odd.size(); j < taken.size(); j++) {
      game.value(taken.get(j), inside);
      game.value(taken.get(j).complement(), outside);
      double[] difference = new double[inside.length];
      double[] mean = new double[inside.length];
      for (int k = 0; k < mean.length; k++) {
        difference[k] = (inside[k] - outside[k]) / 2;
        mean[k] = (inside[k] + outside[k]) / 2;
      }
      odd.add(difference);
      even.add(mean);
      widen(inside);
      widen(outside);
    }
  }

  private void widen(double[] v) {
    for (int k = 0; k < v.length; k++) {
      low[k] = Math.min(low[k], v[k]);
      high[k] = Math.max(high[k], v[k]);
    }
  }

  private void dropRefused() {
    if (!game.anyFailed()) {
      return;
    }
    dropRefused(nobody);
    for (Coalition coalition : taken) {
      dropRefused(coalition);
      dropRefused(coalition.complement());
    }
  }

  private void dropRefused(Coalition coalition) {
    for (int g = 0; g < game.background().groups(); g++) {
      if (game.isLive(g)) {
        int hybrid = game.hybrids().find(g, coalition.words());
        if (game.isFailed(hybrid)) {
          game.drop(g, hybrid);
        }
      }
    }
  }

  PairSample sample() {
    int outputs = game.outputs();
    double[] delta = new double[outputs];
    double[] middle = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      delta[k] = prediction[k] - baseline[k];
      middle[k] = (prediction[k] + baseline[k]) / 2;
    }
    return new PairSample(
        design.players(),
        List.copyOf(taken),
        weights(),
        byOutput(odd, outputs),
        byOutput(even, outputs),
        delta,
        middle);
  }

  /**
   * A pair's weight is 1 / (C(n, s) s (n-s)) over its inclusion probability count / C(n, s): the
   * binomials cancel, and so does the half where both halves have size n/2.
   */
  private double[] weights() {
    int n = design.players();
    double[] weights = new double[taken.size()];
    for (int j = 0; j < weights.length; j++) {
      int s = taken.get(j).size();
      double halves = 2 * s == n ? 0.5 : 1;
      weights[j] = halves / ((double) s * (n - s) * design.count(s));
    }
    return weights;
  }

  private static double[][] byOutput(List<double[]> byPair, int outputs) {
    double[][] values = new double[outputs][byPair.size()];
    for (int j = 0; j < byPair.size(); j++) {
      for (int k = 0; k < outputs; k++) {
        values[k][j] = byPair.get(j)[k];
      }
    }
    return values;
  }

  double baseline(int k) {
    return baseline[k];
  }

  double prediction(int k) {
    return prediction[k];
  }

  boolean isConstant(int k) {
    return high[k] - low[k] < CONSTANT * Math.max(1, Math.abs(prediction[k]));
  }
}
