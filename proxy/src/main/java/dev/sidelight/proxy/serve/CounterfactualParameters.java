package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.Interval;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Which other answer is wanted, and what may change for it, as a caller says it. */
final class CounterfactualParameters {

  private static final CounterfactualSettings DEFAULTS = CounterfactualSettings.defaults();

  private final ParameterValues values;

  CounterfactualParameters(ParameterValues values) {
    this.values = values;
  }

  CounterfactualSettings read() {
    return new CounterfactualSettings(
        values.text("output"),
        values.text("target"),
        band(),
        (int) values.whole("column", 0, 1_000_000).orElse(0),
        immutable(),
        (int) values.whole("neighbours", 1, 100).orElse(DEFAULTS.neighbours()),
        (int) values.whole("answersMax", 1, 20).orElse(DEFAULTS.answersMax()));
  }

  /** From {@code low} to {@code high}; one of them alone leaves the other side open. */
  private Optional<Interval> band() {
    OptionalDouble low = values.finite("low");
    OptionalDouble high = values.finite("high");
    if (low.isEmpty() && high.isEmpty()) {
      return Optional.empty();
    }
    double from = low.orElse(-Double.MAX_VALUE);
    double to = high.orElse(Double.MAX_VALUE);
    if (from > to) {
      throw values.range("high", ">= low");
    }
    return Optional.of(new Interval(from, to));
  }

  /** A list, or names with commas between them. */
  private Set<String> immutable() {
    if (!values.has("immutable")) {
      return Set.of();
    }
    Optional<String> text = values.plainText("immutable");
    List<?> names =
        text.isPresent()
            ? Arrays.stream(text.get().split(",", -1)).map(String::strip).toList()
            : values.list("immutable");
    Set<String> set = new HashSet<>();
    names.forEach(name -> set.add(name.toString()));
    return set;
  }
}
