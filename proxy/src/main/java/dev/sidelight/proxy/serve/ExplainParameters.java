package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.config.NearestName;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads explain parameters, ours and the peers' names, and refuses what it does not know. Used
 * once.
 */
final class ExplainParameters {

  /** Rows of a background that a caller may bring. */
  private static final int BACKGROUND_MAX = 1000;

  private static final int NAME_SHOWN = 64;

  private static final List<String> KNOWN =
      List.of(
          "method",
          "format",
          "mode",
          "link",
          "seed",
          "rowsMax",
          "roundTripsMax",
          "deadline",
          "relativeError",
          "topK",
          "output",
          "target",
          "outputs",
          "task",
          "nsamples",
          "threshold",
          "delta",
          "tau",
          "beamSize",
          "beam",
          "batchSize",
          "coverageSamples",
          "l1Reg",
          "background",
          "eps");

  private final ParameterValues values;
  private final ExplainConfig config;
  private final int backgroundRows;
  private final List<String> ignored = new ArrayList<>();

  /**
   * @param given by name as sent, {@code budget} flattened; spelling in camel, snake or kebab case
   * @param backgroundRows rows that one coalition costs
   */
  ExplainParameters(Map<String, Object> given, ExplainConfig config, int backgroundRows) {
    this.config = config;
    this.backgroundRows = backgroundRows;
    Map<String, Object> byKnownName = new TreeMap<>();
    flatten(given, byKnownName);
    this.values = new ParameterValues(byKnownName);
  }

  private static void flatten(Map<?, ?> given, Map<String, Object> into) {
    given.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested && folded(name.toString()).equals("budget")) {
            flatten(nested, into);
          } else {
            into.put(known(name.toString()), value);
          }
        });
  }

  private static String known(String name) {
    for (String known : KNOWN) {
      if (folded(known).equals(folded(name))) {
        return known;
      }
    }
    String shown = name.length() > NAME_SHOWN ? name.substring(0, NAME_SHOWN) + "..." : name;
    ServeException unknown =
        ServeException.of("parameter_unknown", "unknown explain parameter '" + shown + "'")
            .at(
                "/parameters/" + shown.replace("~", "~0").replace("/", "~1"),
                "a known parameter",
                shown);
    throw NearestName.of(name, KNOWN)
        .map(nearest -> unknown.hint("did you mean " + nearest + "?"))
        .orElse(unknown);
  }

  private static String folded(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * @throws ServeException {@code parameter_range}, {@code parameter_unknown}, {@code
   *     budget_exceeded}
   */
  ExplainOptions read(Format defaultFormat) {
    values.word("method", List.of("shap", "kernelshap", "auto"));
    Format format =
        values
            .word("format", List.of("alibi", "native"))
            .map(word -> word.equals("native") ? Format.NATIVE : Format.ALIBI)
            .orElse(defaultFormat);
    checkPeers();
    refuseBackground();
    return new ExplainOptions(
        settings(format),
        budget(),
        values.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        format,
        ignored);
  }

  private ShapSettings settings(Format format) {
    Mode mode =
        values
            .word("mode", List.of("auto", "exact", "coalition"))
            .map(word -> Mode.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
            .orElse(Mode.AUTO);
    Link link =
        values
            .word("link", List.of("identity", "margin", "logit"))
            .map(word -> Link.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
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
        values.text("output").or(this::usualOutput),
        asInt(target),
        all,
        regression,
        asInt(topK));
  }

  /** What the configuration names where the caller names none, by name or by number. */
  private Optional<String> usualOutput() {
    return config.output().isEmpty() || values.has("target")
        ? Optional.empty()
        : Optional.of(config.output());
  }

  private static OptionalInt asInt(OptionalLong value) {
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  private Budget budget() {
    Budget defaults = Budget.defaults();
    long rows = values.whole("rowsMax", 1, Long.MAX_VALUE).orElse(defaults.rowsMax());
    OptionalLong coalitions = coalitions();
    if (coalitions.isPresent()) {
      rows = saturatedProduct(coalitions.getAsLong(), Math.max(1, backgroundRows));
    }
    if (rows > Budget.ROWS_MAX) {
      throw ServeException.of(
              "budget_exceeded",
              "%d predictor rows are asked for, at most %d are given"
                  .formatted(rows, Budget.ROWS_MAX))
          .at(
              "/parameters/" + (coalitions.isPresent() ? "nsamples" : "rowsMax"),
              "<= " + Budget.ROWS_MAX + " rows",
              rows + " rows");
    }
    Duration most = config.syncDeadline();
    Duration usual = defaults.deadline().compareTo(most) < 0 ? defaults.deadline() : most;
    Duration deadline = values.duration("deadline").orElse(usual);
    if (deadline.compareTo(config.syncDeadline()) > 0) {
      throw ServeException.of(
              "budget_exceeded",
              "a synchronous explanation may take %d ms, %d are asked for"
                  .formatted(config.syncDeadline().toMillis(), deadline.toMillis()))
          .at(
              "/parameters/deadline",
              "<= " + config.syncDeadline().toMillis() + " ms",
              deadline.toMillis() + " ms");
    }
    double error =
        values
            .open("relativeError", 0, 1)
            .orElse(values.open("eps", 0, 1).orElse(defaults.relativeError()));
    int trips = (int) values.whole("roundTripsMax", 1, 10_000).orElse(defaults.roundTripsMax());
    return new Budget((int) rows, trips, deadline, error);
  }

  /** shap's name for coalitions; its {@code "auto"} is our default. */
  private OptionalLong coalitions() {
    Optional<String> text = values.text("nsamples");
    if (text.isEmpty() || text.get().equals("auto")) {
      return OptionalLong.empty();
    }
    return values.whole("nsamples", 1, Long.MAX_VALUE);
  }

  private static long saturatedProduct(long a, long b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  /** A background comes by {@code PUT .../reference}; what is too large anyway is told so. */
  private void refuseBackground() {
    long rows = values.elements("background");
    if (rows > BACKGROUND_MAX) {
      throw ServeException.of(
              "budget_exceeded",
              "a background has at most %d rows, got %d".formatted(BACKGROUND_MAX, rows))
          .at("/parameters/background", "<= " + BACKGROUND_MAX + " rows", rows + " rows");
    }
    if (rows >= 0) {
      throw ServeException.of(
              "parameter_unknown", "a background is not part of a call, it is put beforehand")
          .at("/parameters/background", "PUT /v1/models/{model}/reference", "a parameter");
    }
  }

  /** Names of other methods and programs: checked where they have a range, then without effect. */
  private void checkPeers() {
    values.open("threshold", 0.5, 1);
    values.halfOpen("delta", 0, 0.5);
    values.open("tau", 0, 1);
    values.whole("beam", 1, 10);
    values.whole("beamSize", 1, 10);
    values.whole("batchSize", 1, Long.MAX_VALUE);
    values.whole("coverageSamples", 1, Long.MAX_VALUE);
    for (String name :
        List.of(
            "threshold",
            "delta",
            "tau",
            "beam",
            "beamSize",
            "batchSize",
            "coverageSamples",
            "l1Reg")) {
      if (values.has(name)) {
        ignored.add(name);
      }
    }
  }
}
