package dev.sidelight.explainers.shap;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which pairs (S, complement) are evaluated: sizes uniform on 1..n-1, capped by how many coalitions
 * of a size there are, each size in its own nested order. The boundary pair (all, none) is not
 * counted here; it is always evaluated.
 *
 * <p>Classes are sizes s = 1..n/2, each standing for s and n - s. Class n/2 of an even n is one
 * size instead of two, so it gets half as many pairs.
 */
final class PairedDesign {

  private final int players;
  private final int classes;
  private final SizeOrder[] orders;
  private int[] counts;

  /**
   * @param players n >= 2
   */
  PairedDesign(int players, long seed) {
    this.players = players;
    this.classes = players / 2;
    this.orders = new SizeOrder[classes + 1];
    for (int s = 1; s <= classes; s++) {
      orders[s] = new SizeOrder(players, s, seed);
    }
    this.counts = new int[classes + 1];
  }

  int players() {
    return players;
  }

  /** Number of pairs that exist, at most {@link Binomials#MANY}. */
  long pairsMax() {
    return players > 52 ? Binomials.MANY : (1L << (players - 1)) - 1;
  }

  /** With so many pairs and the boundary pair every coalition is evaluated. */
  boolean enumerates(int pairs) {
    return pairs >= pairsMax();
  }

  int pairs() {
    return Arrays.stream(counts).sum();
  }

  /** Pairs of class s taken so far. */
  int count(int s) {
    return counts[s];
  }

  int classes() {
    return classes;
  }

  Coalition pair(int s, int j) {
    return orders[s].get(j);
  }

  /** Takes the prefixes of a plan, which must not be shorter than those taken before. */
  void take(int[] plan) {
    counts = plan.clone();
  }

  /**
   * How many pairs of each class a design of {@code pairs} pairs has; nothing is taken yet. Never
   * less than what was taken before. While pairs <= 4n all singletons come first: their weight is
   * the full kernel mass of size 1, which cuts the mean error by a third to a half.
   *
   * @return index s = 1..classes
   */
  int[] plan(int pairs) {
    int wanted = (int) Math.min(pairs, pairsMax());
    double[] low = new double[classes + 1];
    double[] high = new double[classes + 1];
    for (int s = 1; s <= classes; s++) {
      low[s] = counts[s];
      high[s] = Math.min(orders[s].pairs(), wanted);
    }
    if (wanted <= 4 * players) {
      low[1] = Math.max(low[1], Math.min(high[1], wanted));
      high[1] = low[1];
    }
    return largestRemainder(quotas(low, high, wanted), high, wanted);
  }

  /** clamp(c times the sizes in the class, low, high), with c such that they sum to wanted. */
  private double[] quotas(double[] low, double[] high, int wanted) {
    double below = 0;
    double above = 2.0 * wanted + 2;
    double[] quotas = new double[classes + 1];
    for (int step = 0; step < 100; step++) {
      double c = (below + above) / 2;
      double sum = 0;
      for (int s = 1; s <= classes; s++) {
        quotas[s] = Math.max(low[s], Math.min(high[s], c * sizesIn(s)));
        sum += quotas[s];
      }
      if (sum < wanted) {
        below = c;
      } else {
        above = c;
      }
    }
    return quotas;
  }

  private double sizesIn(int s) {
    return 2 * s == players ? 0.5 : 1;
  }

  private int[] largestRemainder(double[] quotas, double[] high, int wanted) {
    int[] plan = new int[classes + 1];
    int left = wanted;
    for (int s = 1; s <= classes; s++) {
      plan[s] = (int) Math.floor(quotas[s] + 1e-9); // bisection leaves 18.999999999 for 19
      left -= plan[s];
    }
    int[] order =
        IntStream.rangeClosed(1, classes)
            .boxed()
            .sorted(Comparator.comparingDouble(s -> plan[s] - quotas[s]))
            .mapToInt(s -> s)
            .toArray();
    for (int turn = 0; left > 0; turn++) {
      int s = order[turn % classes];
      if (plan[s] < high[s]) {
        plan[s]++;
        left--;
      }
    }
    return plan;
  }
}
