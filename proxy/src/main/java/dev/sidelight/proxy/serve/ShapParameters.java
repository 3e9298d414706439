package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How Shapley values are computed, as a caller says it. */
final class ShapParameters {

  private final ParameterValues values;
  private final ExplainConfig config;

  /**
   * @param config what holds where the caller says nothing
   */
  ShapParameters(ParameterValues values, ExplainConfig config) {
    this.values = values;
    this.config = config;
  }

  ShapSettings read(Format format) {
    Mode mode =
        values
            .word("mode", List.of("auto", "exact", "coalition", "row"))
            .map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Mode.AUTO);
    Link link =
        values
            .word("link", List.of("identity", "margin", "logit"))
            .map(word -> Link.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Link.IDENTITY);
    String outputs = values.word("outputs", List.of("all", "one")).orElse("one");
    boolean all = format == Format.ALIBI || outputs.equals("all"); // alibi lists every output
    boolean regression =
        values
            .word("task", List.of("auto", "classification", "regression"))
            .orElse(config.task())
            .equals("regression");
    OptionalLong target = values.whole("target", 0, 1_000_000);
    OptionalLong topK = values.whole("topK", 1, 1024);
    return new ShapSettings(
        mode,
        link,
        values.text("output").or(() -> usualOutput(values, config)),
        asInt(target),
        all,
        regression,
        asInt(topK),
        values.truth("interactions"));
  }

  /** What the configuration names where the caller names none, by name or by number. */
  static Optional<String> usualOutput(ParameterValues values, ExplainConfig config) {
    return config.output().isEmpty() || values.has("target")
        ? Optional.empty()
        : Optional.of(config.output());
  }

  static OptionalInt asInt(OptionalLong value) {
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }
}
