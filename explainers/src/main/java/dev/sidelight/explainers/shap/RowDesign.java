package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The endless sequence of row mode's pairs: background groups in balanced shuffles, sizes in
 * shuffles of 1..n-1, members uniform. Pair j is the same however many are drawn after it.
 */
final class RowDesign {

  /** One pair: both halves over one background group. */
  record Draw(int group, Coalition half) {}

  private final int players;
  private final int[] groups;
  private final double[] shares;
  private final int perShuffle;
  private final long seed;
  private final List<Integer> groupOrder = new ArrayList<>();
  private int groupShuffles;
  private int[] sizes = new int[0];
  private int sizeShuffles;

  /**
   * @param groups to draw from, at least one
   * @param weights of these
   * @param perShuffle rows that the groups stand for: a row is drawn once per shuffle
   */
  RowDesign(int players, int[] groups, double[] weights, int perShuffle, long seed) {
    this.players = players;
    this.groups = groups;
    this.perShuffle = perShuffle;
    this.seed = seed;
    this.shares = new double[groups.length];
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int g = 0; g < shares.length; g++) {
      shares[g] = weights[g] / sum;
    }
  }

  Draw draw(int j) {
    while (groupOrder.size() <= j) {
      shuffleGroups();
    }
    int shuffle = j / (players - 1);
    if (sizes.length == 0 || shuffle != sizeShuffles) {
      sizes = new RandomStream(seed, "row-sizes", shuffle).permutation(players - 1);
      sizeShuffles = shuffle;
    }
    int size = sizes[j % (players - 1)] + 1;
    int[] order = new RandomStream(seed, "row-members", j).permutation(players);
    int[] members = java.util.Arrays.copyOf(order, size);
    return new Draw(groupOrder.get(j), Coalition.of(players, members));
  }

  /** Systematic sampling by weight, which takes each of equally heavy rows exactly once. */
  private void shuffleGroups() {
    RandomStream random = new RandomStream(seed, "row-groups", groupShuffles++);
    double at = (random.next() >>> 11) * 0x1p-53;
    int[] drawn = new int[perShuffle];
    int g = 0;
    double upTo = shares[0] * perShuffle;
    for (int i = 0; i < perShuffle; i++) {
      while (i + at >= upTo && g < groups.length - 1) {
        upTo += shares[++g] * perShuffle;
      }
      drawn[i] = groups[g];
    }
    for (int i : random.permutation(perShuffle)) {
      groupOrder.add(drawn[i]);
    }
  }
}
