package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a rule's predicates, as anchors print them: {@code {feature, op, value | low, high}}. The
 * {@code text} and the figures that stand beside them in a document are passed over.
 */
final class ConditionReader {

  private static final int PREDICATES_MAX = 32;

  private static final Set<String> MEMBERS =
      Set.of(
          "feature",
          "op",
          "value",
          "low",
          "high",
          "player",
          "text",
          "precisionGain",
          "precision",
          "coverage");

  private final String pointer;
  private final Map<?, ?> members;

  private ConditionReader(String pointer, Map<?, ?> members) {
    this.pointer = pointer;
    this.members = members;
  }

  /**
   * @throws ServeException {@code value_type}, {@code member_missing}, {@code member_unknown}, with
   *     the place
   */
  static List<Condition> read(List<?> predicates) {
    if (predicates.size() > PREDICATES_MAX) {
      throw ServeException.of(
              "parameter_range", "a rule has at most " + PREDICATES_MAX + " predicates")
          .at("/parameters/predicates", "<= " + PREDICATES_MAX, predicates.size() + " predicates");
    }
    List<Condition> rule = new ArrayList<>();
    for (int i = 0; i < predicates.size(); i++) {
      String pointer = "/parameters/predicates/" + i;
      if (!(predicates.get(i) instanceof Map<?, ?> members)) {
        throw refused("value_type", pointer, "an object with feature and op", "no object");
      }
      rule.add(new ConditionReader(pointer, members).condition());
    }
    return rule;
  }

  private Condition condition() {
    for (Object name : members.keySet()) {
      if (!MEMBERS.contains(name.toString())) {
        throw refused("member_unknown", pointer, "feature, op, value, low, high", "another member");
      }
    }
    String feature = text("feature");
    String op = text("op");
    return switch (op) {
      case "=" -> new Condition.Equal(feature, literal());
      case ">" -> new Condition.Above(feature, number("low"));
      case "<=" -> new Condition.AtMost(feature, number("high"));
      case "in" -> within(feature);
      case "kept" -> new Condition.Kept(feature, (int) number("player"));
      default -> throw refused("parameter_range", pointer + "/op", "=, >, <=, in or kept", "other");
    };
  }

  private Condition within(String feature) {
    double low = number("low");
    double high = number("high");
    if (!(low < high)) {
      throw refused("parameter_range", pointer + "/high", "> low", "a number that is not");
    }
    return new Condition.Within(feature, low, high);
  }

  private String text(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw refused("member_missing", pointer + "/" + name, "a text", "nothing");
    }
    if (!(value instanceof String text)) {
      throw refused("value_type", pointer + "/" + name, "a text", "another value");
    }
    return text;
  }

  private double number(String name) {
    Object value = members.containsKey(name) ? members.get(name) : members.get("value");
    if (value == null) {
      throw refused("member_missing", pointer + "/" + name, "a number", "nothing");
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      throw refused("value_type", pointer + "/" + name, "a finite number", "another value");
    }
    return number.doubleValue();
  }

  private Literal literal() {
    if (!members.containsKey("value")) {
      throw refused("member_missing", pointer + "/value", "a value", "nothing");
    }
    return switch (members.get("value")) {
      case null -> Literal.missing();
      case String text -> Literal.text(text);
      case Boolean truth -> Literal.bool(truth);
      case Number number -> Literal.number(number.toString());
      default -> throw refused("value_type", pointer + "/value", "a plain value", "a structure");
    };
  }

  private static ServeException refused(
      String code, String pointer, String expected, String found) {
    return ServeException.of(code, "expected " + expected + ", found " + found)
        .at(pointer, expected, found);
  }
}
