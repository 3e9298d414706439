package dev.sidelight.proxy.serve;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explain parameters as text or JSON values, read with their ranges. */
final class ParameterValues {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)?");

  private final Map<String, Object> values;

  ParameterValues(Map<String, Object> values) {
    this.values = values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString);
  }

  /** Only where it is a text, not where it is a list or a number. */
  Optional<String> plainText(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<String> word(String name, List<String> allowed) {
    Optional<String> word = text(name).map(text -> text.toLowerCase(Locale.ROOT));
    if (word.isPresent() && !allowed.contains(word.get())) {
      throw range(name, "one of " + String.join(", ", allowed));
    }
    return word;
  }

  /** False where nothing is given. */
  boolean truth(String name) {
    return word(name, List.of("true", "false")).orElse("false").equals("true");
  }

  OptionalLong whole(String name, long low, long high) {
    Object value = values.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    String rule =
        high == Long.MAX_VALUE ? "a whole number >= " + low : "in [" + low + ", " + high + "]";
    try {
      long number = new java.math.BigDecimal(shortText(name, value)).longValueExact();
      if (number < low || number > high) {
        throw range(name, rule);
      }
      return OptionalLong.of(number);
    } catch (ArithmeticException | NumberFormatException e) {
      throw range(name, rule);
    }
  }

  /** Length of a list, or a number; -1 where nothing is given. */
  long elements(String name) {
    Object value = values.get(name);
    if (value instanceof java.util.Collection<?> list) {
      return list.size();
    }
    return value == null ? -1 : whole(name, 0, Long.MAX_VALUE).orElse(-1);
  }

  /** In (low, high). */
  OptionalDouble open(String name, double low, double high) {
    OptionalDouble number = number(name);
    if (number.isPresent() && !(number.getAsDouble() > low && number.getAsDouble() < high)) {
      throw range(name, "in (" + low + ", " + high + ")");
    }
    return number;
  }

  /** In (low, high]. */
  OptionalDouble halfOpen(String name, double low, double high) {
    OptionalDouble number = number(name);
    if (number.isPresent() && !(number.getAsDouble() > low && number.getAsDouble() <= high)) {
      throw range(name, "in (" + low + ", " + high + "]");
    }
    return number;
  }

  /** At least {@code low}, and finite. */
  OptionalDouble atLeast(String name, double low) {
    OptionalDouble number = number(name);
    if (number.isPresent()
        && !(number.getAsDouble() >= low && number.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw range(name, ">= " + low);
    }
    return number;
  }

  /** Any finite number. */
  OptionalDouble finite(String name) {
    OptionalDouble number = number(name);
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw range(name, "a finite number");
    }
    return number;
  }

  /**
   * A list that must be there.
   *
   * @throws ServeException {@code member_missing}, {@code value_type}
   */
  List<?> list(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw ServeException.of("member_missing", name + " is missing")
          .at("/parameters/" + name, "a list", "nothing");
    }
    if (!(value instanceof List<?> list)) {
      throw ServeException.of("value_type", name + " must be a list")
          .at("/parameters/" + name, "a list", "another value");
    }
    return list;
  }

  private OptionalDouble number(String name) {
    Object value = values.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(shortText(name, value)));
    } catch (NumberFormatException e) {
      throw range(name, "a number");
    }
  }

  /** {@code 20s}, {@code 500ms}, or a number of milliseconds. */
  Optional<Duration> duration(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(shortText(name, value));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw range(name, "a duration like 20s or 500ms, or milliseconds, > 0");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
    return Optional.of(
        switch (unit) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofMillis(amount);
        });
  }

  /** A value of a parameter is short; a document in its place is refused before it is read. */
  private String shortText(String name, Object value) {
    String text = value.toString();
    if (text.length() > 64) {
      throw range(name, "a short value");
    }
    return text;
  }

  ServeException range(String name, String rule) {
    String found = String.valueOf(values.get(name));
    String shown = found.length() > 40 ? found.substring(0, 40) + "..." : found;
    return ServeException.of("parameter_range", name + " must be " + rule + ", got " + shown)
        .at("/parameters/" + name, rule, shown);
  }
}
