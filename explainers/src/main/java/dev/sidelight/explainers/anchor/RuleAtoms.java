package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Literal;
import java.util.ArrayList;
import java.util.List;

/** The atoms of a rule that the caller gives; each must be true of x. */
final class RuleAtoms {

  private final Columns columns;
  private final FeatureSchema schema;
  private final List<FeatureGroup> units;
  private final AtomBuilder builder;

  RuleAtoms(Columns columns) {
    this.columns = columns;
    this.schema = columns.schema();
    this.units = schema.players();
    this.builder = new AtomBuilder(columns);
  }

  /**
   * @throws ExplainException {@code parameter_range} with the pointer of the condition that names
   *     no feature, does not fit it, says a thing twice or is not true of x
   */
  List<Atom> of(List<Condition> rule) {
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < rule.size(); i++) {
      for (Atom atom : atoms(rule.get(i), i)) {
        for (Atom there : atoms) {
          if (there.feature() == atom.feature() && !there.completes(atom)) {
            throw bad(i, "feature '" + rule.get(i).feature() + "' has a condition already");
          }
        }
        atoms.add(atom);
      }
    }
    return atoms;
  }

  private List<Atom> atoms(Condition condition, int i) {
    if (condition instanceof Condition.Equal(String feature, Literal value)) {
      return List.of(equal(feature, value, i));
    }
    int column = column(condition.feature(), i);
    int unit = unitOf(column, i);
    return switch (condition) {
      case Condition.Above(_, double low) -> List.of(above(unit, column, low, i));
      case Condition.AtMost(_, double high) -> List.of(atMost(unit, column, high, i));
      case Condition.Within(_, double low, double high) ->
          List.of(above(unit, column, low, i), atMost(unit, column, high, i));
      case Condition.Equal _, Condition.Kept _ ->
          throw bad(i, "'" + condition.op() + "' is no condition on a column");
    };
  }

  private Atom above(int unit, int column, double low, int i) {
    requireTrue(columns.isNumber(column) && columns.x(column) > low, i);
    return builder.above(unit, column, low);
  }

  private Atom atMost(int unit, int column, double high, int i) {
    requireTrue(columns.isNumber(column) && columns.x(column) <= high, i);
    return builder.atMost(unit, column, high);
  }

  private Atom equal(String feature, Literal value, int i) {
    for (int unit = 0; unit < units.size(); unit++) {
      if (units.get(unit).oneHot() && units.get(unit).name().equals(feature)) {
        Atom atom = builder.oneHot(unit);
        String hot = ((Condition.Equal) atom.condition()).value().text();
        requireTrue(hot.equals(value.text()) || isHotMember(units.get(unit), value.text()), i);
        return atom;
      }
    }
    int column = column(feature, i);
    requireTrue(isValueOf(column, value), i);
    return builder.equal(unitOf(column, i), column);
  }

  private boolean isHotMember(FeatureGroup group, String name) {
    int hot = 0;
    boolean named = false;
    for (int member : group.members()) {
      if (columns.x(member) != 0) {
        hot++;
        named |= schema.features().get(member).name().equals(name);
      }
    }
    return hot == 1 && named;
  }

  private boolean isValueOf(int column, Literal value) {
    Literal x = columns.literal(column);
    if (x.equals(value)) {
      return true;
    }
    if (value.kind() != Literal.Kind.NUMBER || !columns.isNumber(column)) {
      return false;
    }
    try {
      return Double.parseDouble(value.text()) == columns.x(column);
    } catch (NumberFormatException notJson) {
      return false;
    }
  }

  private int column(String feature, int i) {
    for (int c = 0; c < schema.features().size(); c++) {
      if (schema.features().get(c).name().equals(feature)) {
        return c;
      }
    }
    throw bad(i, "there is no feature '" + feature + "'");
  }

  private int unitOf(int column, int i) {
    for (int unit = 0; unit < units.size(); unit++) {
      if (units.get(unit).members().contains(column)) {
        return unit;
      }
    }
    throw bad(i, "feature '%s' never changes".formatted(schema.features().get(column).name()));
  }

  private static void requireTrue(boolean holds, int i) {
    if (!holds) {
      throw bad(i, "the condition is not true of the row");
    }
  }

  private static ExplainException bad(int i, String message) {
    return new ExplainException("parameter_range", "/predicates/" + i, message);
  }
}
