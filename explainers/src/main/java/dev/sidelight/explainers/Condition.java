package dev.sidelight.explainers;

/**
 * One predicate of a rule, in the words of the feature: what is printed can be applied again
 * exactly. Numbers are the reference's own, as full doubles.
 */
public sealed interface Condition {

  /** Name of the feature, of the group of one-hot columns, or of the player. */
  String feature();

  /** {@code =}, {@code >}, {@code <=}, {@code in} or {@code kept}. */
  String op();

  /** As people read it; the feature's name is always there. */
  String text();

  /**
   * @param value of a one-hot group the hot member's name, without the group's name before it
   */
  record Equal(String feature, Literal value) implements Condition {
    @Override
    public String op() {
      return "=";
    }

    @Override
    public String text() {
      return feature + " = " + (value.kind() == Literal.Kind.MISSING ? "missing" : value.text());
    }
  }

  /** feature > low. */
  record Above(String feature, double low) implements Condition {
    public Above {
      requireFinite(low);
    }

    @Override
    public String op() {
      return ">";
    }

    @Override
    public String text() {
      return feature + " > " + number(low);
    }
  }

  /** feature <= high. */
  record AtMost(String feature, double high) implements Condition {
    public AtMost {
      requireFinite(high);
    }

    @Override
    public String op() {
      return "<=";
    }

    @Override
    public String text() {
      return feature + " <= " + number(high);
    }
  }

  /** low < feature <= high. */
  record Within(String feature, double low, double high) implements Condition {
    public Within {
      requireFinite(low);
      requireFinite(high);
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "an interval's low must be < its high, got " + low + ", " + high);
      }
    }

    @Override
    public String op() {
      return "in";
    }

    @Override
    public String text() {
      return number(low) + " < " + feature + " <= " + number(high);
    }
  }

  /**
   * A word or a segment stays as the explained row has it.
   *
   * @param player its number in the text or image
   */
  record Kept(String feature, int player) implements Condition {
    @Override
    public String op() {
      return "kept";
    }

    @Override
    public String text() {
      return feature;
    }
  }

  /** The shortest text that reads back as the same double. */
  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a rule's numbers must be finite, got " + value);
    }
  }
}
