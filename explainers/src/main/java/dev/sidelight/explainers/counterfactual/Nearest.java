package dev.sidelight.explainers.counterfactual;

import dev.sidelight.explainers.Counterfactual.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The logged rows to start from.
 *
 * @param rows nearest first, the older of equally near ones first
 * @param failure why there are none, if there are none
 */
record Nearest(List<Mix> rows, Failure failure) {

  /**
   * @param k at most so many; rows that differ from x in the same values count once
   * @param logged rows of the table, x not among them
   * @param wanted whether the model answered the row as wanted
   */
  static Nearest of(Units units, int logged, int k, IntPredicate wanted) {
    record Near(Mix mix, double distance) {}

    List<Near> near = new ArrayList<>();
    Failure failure = Failure.NO_ROWS;
    for (int row = 1; row <= logged; row++) {
      if (!wanted.test(row)) {
        continue;
      }
      int[] differing = units.differing(row);
      if (!units.isAllowed(row)) {
        failure = Failure.IMMUTABLE;
      } else if (differing.length > 0) { // else it is x itself, answered otherwise then
        double distance = 0;
        for (int unit : differing) {
          distance += units.distance(row, unit);
        }
        near.add(new Near(new Mix(row, differing), distance));
      }
    }
    near.sort(Comparator.comparingDouble(Near::distance));
    Set<Object> seen = new HashSet<>();
    List<Mix> rows = new ArrayList<>();
    for (Near each : near) {
      if (rows.size() < k && seen.add(units.changes(each.mix()))) {
        rows.add(each.mix());
      }
    }
    return new Nearest(List.copyOf(rows), failure);
  }
}
