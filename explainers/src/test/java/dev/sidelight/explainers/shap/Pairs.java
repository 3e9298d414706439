package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Pairs of known games, without a model in between. */
final class Pairs {

  private Pairs() {}

  static RandomStream stream(long seed) {
    return new RandomStream(seed, "test", 0);
  }

  /** The design's first pairs of a game of one output. */
  static PairSample of(int players, int pairs, long seed, ToDoubleFunction<Coalition> v) {
    PairedDesign design = new PairedDesign(players, seed);
    design.take(design.plan(pairs));
    List<Coalition> halves = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int s = 1; s <= design.classes(); s++) {
      for (int j = 0; j < design.count(s); j++) {
        halves.add(design.pair(s, j));
        weights.add((2 * s == players ? 0.5 : 1) / (s * (players - s) * (double) design.count(s)));
      }
    }
    return of(players, halves, weights.stream().mapToDouble(w -> w).toArray(), v);
  }

  static PairSample of(
      int players, List<Coalition> halves, double[] weights, ToDoubleFunction<Coalition> v) {
    double[] odd = new double[halves.size()];
    double[] even = new double[halves.size()];
    for (int j = 0; j < odd.length; j++) {
      double inside = v.applyAsDouble(halves.get(j));
      double outside = v.applyAsDouble(halves.get(j).complement());
      odd[j] = (inside - outside) / 2;
      even[j] = (inside + outside) / 2;
    }
    double all = v.applyAsDouble(Coalition.all(players));
    double none = v.applyAsDouble(Coalition.empty(players));
    return new PairSample(
        players,
        halves,
        weights,
        new double[][] {odd},
        new double[][] {even},
        new double[] {all - none},
        new double[] {(all + none) / 2});
  }

  /** A game given by the values of all its coalitions. */
  static ToDoubleFunction<Coalition> table(double[] v) {
    return coalition -> v[(int) coalition.words()[0]];
  }

  static ToDoubleFunction<Coalition> game(UnanimitySum sum, int players) {
    return coalition -> {
      double[] row = new double[players];
      for (int i = 0; i < players; i++) {
        row[i] = coalition.has(i) ? 1 : 0;
      }
      return sum.value(row);
    };
  }

  /** |phi - phi*|^2 / |phi*|^2. */
  static double relativeSquaredError(double[] phi, double[] exact) {
    double off = 0;
    double size = 0;
    for (int i = 0; i < phi.length; i++) {
      off += (phi[i] - exact[i]) * (phi[i] - exact[i]);
      size += exact[i] * exact[i];
    }
    return off / size;
  }
}
