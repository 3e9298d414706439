package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes input rows of x, a coalition and a background row: wire values of x inside the coalition
 * and of the background row outside it, bit for bit. Columns that are nobody's stay x's.
 */
final class Masker {

  private final Instances stacked;
  private final List<FeatureGroup> players;
  private final List<Integer> active = new ArrayList<>();
  private final Background background;
  private final int[][] columnsOf;

  /**
   * @param row x, n = 1
   */
  Masker(Instances row, ReferenceSet reference) {
    this.stacked = Instances.stack(List.of(row, reference.rows()));
    this.players = reference.schema().players();
    BackgroundBuilder builder = new BackgroundBuilder(stacked, reference.weights());
    List<int[]> activeCodes = new ArrayList<>();
    for (int p = 0; p < players.size(); p++) {
      int[] codes = builder.codes(players.get(p));
      if (differs(codes, reference.weights())) {
        active.add(p);
        activeCodes.add(codes);
      }
    }
    this.background = builder.build(activeCodes);
    this.columnsOf = new int[active.size()][];
    for (int p = 0; p < columnsOf.length; p++) {
      columnsOf[p] =
          players.get(active.get(p)).members().stream().mapToInt(column -> column).toArray();
    }
  }

  private static boolean differs(int[] codes, double[] weights) {
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] > 0 && codes[row + 1] != 0) {
        return true;
      }
    }
    return false;
  }

  /** All players of the schema, also those that cannot have anything but 0. */
  List<FeatureGroup> players() {
    return players;
  }

  /** Schema player of each player in the game. */
  List<Integer> active() {
    return active;
  }

  Background background() {
    return background;
  }

  /** Hybrids number {@code from} to {@code to - 1} of the table as input rows. */
  Instances rows(HybridTable hybrids, int from, int to) {
    int[][] rowOf = new int[to - from][stacked.width()];
    for (int i = from; i < to; i++) {
      int group = hybrids.group(i);
      for (int player : background.differing()[group]) {
        if (!hybrids.isFromX(i, player)) {
          for (int column : columnsOf[player]) {
            rowOf[i - from][column] = background.firstRow()[group] + 1;
          }
        }
      }
    }
    return stacked.pick(rowOf);
  }

  /** Memory one input row may take while it is made and sent. */
  long rowBytes() {
    long[] most = new long[1];
    for (int row = 0; row < stacked.rows(); row++) {
      long[] bytes = new long[1];
      stacked.writeRow(row, (_, count) -> bytes[0] += count);
      most[0] = Math.max(most[0], bytes[0]);
    }
    return most[0] + 4L * stacked.width();
  }
}
