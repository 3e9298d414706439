package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the conditions true of x: equality of a category, a boolean, a missing value or a one-hot
 * group; half-lines of a number at the reference's quantiles. What every reference row satisfies is
 * left out, since it says nothing.
 */
final class AtomBuilder {

  private final Columns columns;
  private final List<FeatureGroup> units;

  AtomBuilder(Columns columns) {
    this.columns = columns;
    this.units = columns.schema().players();
  }

  List<Atom> all(int bins) {
    List<Atom> atoms = new ArrayList<>();
    for (int unit = 0; unit < units.size(); unit++) {
      if (units.get(unit).oneHot()) {
        atoms.add(oneHot(unit));
        continue;
      }
      for (int column : units.get(unit).members()) {
        addColumn(atoms, unit, column, bins);
      }
    }
    atoms.removeIf(atom -> atom.count() == columns.referenceRows());
    return atoms;
  }

  private void addColumn(List<Atom> atoms, int unit, int column, int bins) {
    FeatureKind kind = columns.schema().features().get(column).kind();
    if (kind == FeatureKind.TEXT || kind == FeatureKind.OPAQUE) {
      return;
    }
    boolean number = kind == FeatureKind.NUMERIC && columns.isNumber(column);
    if (!number || Double.isNaN(columns.x(column))) {
      atoms.add(equal(unit, column));
      return;
    }
    for (double cut : cuts(column, bins)) {
      atoms.add(columns.x(column) > cut ? above(unit, column, cut) : atMost(unit, column, cut));
    }
  }

  /**
   * The values at 1/bins, 2/bins, .. of the reference, ascending and distinct. The largest value
   * would cut nothing off; the next one below takes its place, so that a column which is mostly its
   * own maximum still has a cut.
   */
  private List<Double> cuts(int column, int bins) {
    double[] sorted = columns.sorted(column);
    List<Double> cuts = new ArrayList<>();
    for (int k = 1; k < bins && sorted.length > 0; k++) {
      int at = (int) Math.ceilDiv((long) k * sorted.length, bins) - 1;
      while (at >= 0 && sorted[at] == sorted[sorted.length - 1]) {
        at--;
      }
      if (at >= 0 && Double.isFinite(sorted[at]) && !cuts.contains(sorted[at])) {
        cuts.add(sorted[at]);
      }
    }
    return cuts;
  }

  Atom above(int unit, int column, double cut) {
    return atom(
        new Condition.Above(name(column), cut), unit, column, columns.where(column, v -> v > cut));
  }

  Atom atMost(int unit, int column, double cut) {
    return atom(
        new Condition.AtMost(name(column), cut),
        unit,
        column,
        columns.where(column, v -> v <= cut));
  }

  Atom equal(int unit, int column) {
    return atom(
        new Condition.Equal(name(column), columns.literal(column)),
        unit,
        column,
        columns.likeX(column));
  }

  Atom oneHot(int unit) {
    FeatureGroup group = units.get(unit);
    long[] rows = columns.likeX(group.members().get(0));
    for (int member : group.members()) {
      long[] like = columns.likeX(member);
      for (int w = 0; w < rows.length; w++) {
        rows[w] &= like[w];
      }
    }
    return atom(
        new Condition.Equal(group.name(), Literal.text(hot(group))),
        unit,
        group.members().get(0),
        rows);
  }

  private Atom atom(Condition condition, int unit, int feature, long[] rows) {
    int[] together = units.get(unit).members().stream().mapToInt(c -> c).toArray();
    return new Atom(condition, unit, feature, together, rows, RowSet.count(rows));
  }

  private String name(int column) {
    return columns.schema().features().get(column).name();
  }

  /** The member that is 1, without the group's name before it; of none or several all that are. */
  private String hot(FeatureGroup group) {
    String hot =
        group.members().stream()
            .filter(member -> columns.x(member) != 0)
            .map(member -> shortName(group, columns.schema().features().get(member)))
            .collect(Collectors.joining(" + "));
    return hot.isEmpty() ? "none" : hot;
  }

  private static String shortName(FeatureGroup group, Feature member) {
    String name = member.name();
    int prefix = group.name().length();
    boolean prefixed =
        name.startsWith(group.name())
            && name.length() > prefix + 1
            && (name.charAt(prefix) == '_' || name.charAt(prefix) == '=');
    return prefixed ? name.substring(prefix + 1) : name;
  }
}
