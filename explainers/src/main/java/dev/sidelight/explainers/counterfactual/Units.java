package dev.sidelight.explainers.counterfactual;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Counterfactual.Change;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may change, one unit at a time: a column, or a group of columns together. Row 0 of the table
 * is the explained row, the others are logged rows.
 */
final class Units {

  private final Instances table;
  private final FeatureSchema schema;
  private final List<FeatureGroup> units;
  private final boolean[] fixed;
  private final double[] scale;
  private final Tensor[] tensorOf;
  private final int[] columnInTensor;

  /**
   * @param table the explained row on top of the logged ones
   * @param immutable names of features or groups, besides the schema's
   * @throws ExplainException {@code parameter_range} for a name that is none
   */
  Units(Instances table, FeatureSchema schema, Set<String> immutable) {
    this.table = table;
    this.schema = schema;
    this.units = schema.players();
    this.tensorOf = new Tensor[table.width()];
    this.columnInTensor = new int[table.width()];
    int column = 0;
    for (NamedTensor named : table.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++, column++) {
        tensorOf[column] = named.tensor();
        columnInTensor[column] = c;
      }
    }
    this.fixed = fixed(immutable);
    this.scale = new double[table.width()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = schema.features().get(c).kind() == FeatureKind.NUMERIC ? spread(c) : 0;
    }
  }

  private boolean[] fixed(Set<String> immutable) {
    Set<String> names = new HashSet<>(schema.immutable());
    names.addAll(immutable);
    boolean[] fixedUnits = new boolean[units.size()];
    Set<String> known = new HashSet<>();
    for (int u = 0; u < fixedUnits.length; u++) {
      known.add(units.get(u).name());
      fixedUnits[u] = names.contains(units.get(u).name());
      for (int member : units.get(u).members()) {
        known.add(schema.features().get(member).name());
        fixedUnits[u] |= names.contains(schema.features().get(member).name());
      }
    }
    schema.features().forEach(feature -> known.add(feature.name()));
    for (String name : immutable) {
      if (!known.contains(name)) {
        throw new ExplainException(
            "parameter_range",
            "/parameters/immutable",
            "immutable names no feature: '" + name + "'");
      }
    }
    return fixedUnits;
  }

  /**
   * The interquartile range of the logged values; where half of them are equal their whole range; 0
   * where all are.
   */
  private double spread(int column) {
    double[] values = new double[table.rows()];
    int n = 0;
    for (int row = 1; row < values.length; row++) {
      double value = number(row, column);
      if (Double.isFinite(value)) {
        values[n++] = value;
      }
    }
    if (n == 0) {
      return 0;
    }
    Arrays.sort(values, 0, n);
    double between = values[(3 * (n - 1) + 2) / 4] - values[(n - 1) / 4];
    double range = between > 0 ? between : values[n - 1] - values[0];
    return Double.isFinite(range) ? range : 0;
  }

  int count() {
    return units.size();
  }

  /** The row has x's values wherever they may not change. */
  boolean isAllowed(int row) {
    for (int u = 0; u < fixed.length; u++) {
      if (fixed[u] && differs(row, u)) {
        return false;
      }
    }
    return true;
  }

  /** By wire value; NaN equals NaN. */
  boolean differs(int row, int unit) {
    return units.get(unit).members().stream().anyMatch(column -> !isEqual(row, column));
  }

  private boolean isEqual(int row, int column) {
    int c = columnInTensor[column];
    return switch (tensorOf[column]) {
      case IntegerTensor t -> t.value(row, c) == t.value(0, c);
      case FloatTensor t -> Float.compare(t.value(row, c), t.value(0, c)) == 0;
      case DoubleTensor t -> Double.compare(t.value(row, c), t.value(0, c)) == 0;
      case BytesTensor t -> Arrays.equals(t.value(row, c), t.value(0, c));
    };
  }

  /** How far the row's unit lies from x's, >= 0; 1 for everything that is no distance. */
  double distance(int row, int unit) {
    FeatureGroup group = units.get(unit);
    if (group.oneHot()) {
      return differs(row, unit) ? 1 : 0;
    }
    double sum = 0;
    for (int column : group.members()) {
      if (!isEqual(row, column)) {
        double apart = Math.abs(number(row, column) - number(0, column)) / scale[column];
        sum += Double.isFinite(apart) ? apart : 1;
      }
    }
    return sum;
  }

  private double number(int row, int column) {
    return tensorOf[column].number(row, columnInTensor[column]);
  }

  /** Units in which the row differs from x, ascending. */
  int[] differing(int row) {
    int[] found = new int[units.size()];
    int n = 0;
    for (int u = 0; u < found.length; u++) {
      if (differs(row, u)) {
        found[n++] = u;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** x with some units taken from one logged row each, bit for bit. */
  Instances rows(List<Mix> mixes) {
    int[][] rowOf = new int[mixes.size()][table.width()];
    for (int i = 0; i < rowOf.length; i++) {
      Mix mix = mixes.get(i);
      for (int unit : mix.changed()) {
        for (int column : units.get(unit).members()) {
          rowOf[i][column] = mix.row();
        }
      }
    }
    return table.pick(rowOf);
  }

  List<Change> changes(Mix mix) {
    List<Change> changes = new ArrayList<>();
    for (int unit : mix.changed()) {
      FeatureGroup group = units.get(unit);
      if (group.oneHot()) {
        changes.add(new Change(group.name(), hot(group, 0), hot(group, mix.row())));
        continue;
      }
      for (int column : group.members()) {
        if (!isEqual(mix.row(), column)) {
          String name = schema.features().get(column).name();
          changes.add(new Change(name, literal(0, column), literal(mix.row(), column)));
        }
      }
    }
    return changes;
  }

  private Literal hot(FeatureGroup group, int row) {
    for (int column : group.members()) {
      if (number(row, column) == 1) {
        String name = schema.features().get(column).name();
        boolean prefixed =
            name.startsWith(group.name()) && name.length() > group.name().length() + 1;
        return Literal.text(prefixed ? name.substring(group.name().length() + 1) : name);
      }
    }
    return Literal.missing();
  }

  private Literal literal(int row, int column) {
    Tensor tensor = tensorOf[column];
    int c = columnInTensor[column];
    return switch (tensor) {
      case BytesTensor _ -> Literal.text(tensor.text(row, c));
      case IntegerTensor t when t.type() == DataType.BOOL -> Literal.bool(t.value(row, c) != 0);
      default ->
          Double.isFinite(tensor.number(row, c))
              ? Literal.number(tensor.text(row, c))
              : Literal.missing();
    };
  }
}
