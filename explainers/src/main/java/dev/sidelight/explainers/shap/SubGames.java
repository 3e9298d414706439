package dev.sidelight.explainers.shap;

import org.jspecify.annotations.Nullable;

/** Enumerates the sub-game of one background group: its 2^|D_b| hybrids. */
final class SubGames {

  private SubGames() {}

  /**
   * @return hybrid of each subset of the group's differing players; null as soon as more than
   *     rowsMax hybrids would be in the table
   */
  static int @Nullable [] enumerate(
      HybridTable hybrids, Background background, int group, long rowsMax) {
    int[] differing = background.differing()[group];
    int[] index = new int[1 << differing.length];
    long[] coalition = Coalition.empty(background.players()).words();
    for (int mask = 0; mask < index.length; mask++) {
      if (mask > 0) { // from mask - 1 to mask the bits up to the lowest one of mask flip
        for (int k = Integer.numberOfTrailingZeros(mask); k >= 0; k--) {
          coalition[differing[k] >>> 6] ^= 1L << differing[k];
        }
      }
      index[mask] = hybrids.add(group, coalition);
      if (hybrids.size() > rowsMax) {
        return null;
      }
    }
    return index;
  }

  /** The values of every subset, for {@link ExactShapley}. */
  static double[] values(Game game, int[] hybridOf, int output) {
    double[] v = new double[hybridOf.length];
    for (int mask = 0; mask < v.length; mask++) {
      v[mask] = game.output(hybridOf[mask], output);
    }
    return v;
  }

  /** Takes the group out of the game where the model refused any of its hybrids. */
  static void dropIfRefused(Game game, int group, int[] hybridOf) {
    for (int hybrid : hybridOf) {
      if (game.isLive(group) && game.isFailed(hybrid)) {
        game.drop(group, hybrid);
      }
    }
  }
}
