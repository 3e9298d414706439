package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.MethodSettings;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads explain parameters, ours and the peers' names, and refuses what it does not know. What has
 * a range is checked whether the method uses it or not.
 */
final class ExplainParameters {

  private final Map<String, Object> given;
  private final ParameterValues values;
  private final ExplainConfig config;
  private final Pace pace;

  /**
   * @param given by name as sent, {@code budget} flattened; spelling in camel, snake or kebab case
   */
  ExplainParameters(Map<String, Object> given, ExplainConfig config, Pace pace) {
    this.given = ParameterNames.flattened(given);
    this.values = new ParameterValues(this.given);
    this.config = config;
    this.pace = pace;
  }

  /**
   * @param backgroundRows rows that one coalition costs
   * @param data what the players are parts of
   * @throws ServeException {@code parameter_range}, {@code parameter_unknown}, {@code
   *     budget_exceeded}, {@code format_unsupported}
   */
  ExplainOptions read(Format usualFormat, int backgroundRows, PlayersParameters.Data data) {
    Method method = method();
    Format format = format(method, usualFormat);
    checkPeers();
    return new ExplainOptions(
        method,
        settings(method, format),
        new BudgetParameters(values, config, pace).read(backgroundRows),
        values.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        format,
        values.truth("dryRun"),
        ignored(method, data));
  }

  /** The method asked for. */
  Method method() {
    Optional<String> name = values.text("method").map(text -> text.toLowerCase(Locale.ROOT));
    if (name.isEmpty()) {
      return Method.SHAP;
    }
    for (Method method : Method.values()) {
      if (method.isCalled(name.get())) {
        return method;
      }
    }
    List<String> words = Arrays.stream(Method.values()).map(Method::word).toList();
    throw values.range("method", "one of " + String.join(", ", words));
  }

  /** Which parts of a row are the players. */
  PlayersParameters players() {
    return new PlayersParameters(values);
  }

  private Format format(Method method, Format usual) {
    List<String> words = Arrays.stream(Format.values()).map(Format::word).toList();
    Optional<Format> asked = values.word("format", words).map(Format::ofWord);
    if (asked.isPresent() && !method.formats().contains(asked.get())) {
      throw ServeException.formatUnsupported(method, asked.get());
    }
    return asked.orElse(method.formats().contains(usual) ? usual : Format.NATIVE);
  }

  private MethodSettings settings(Method method, Format format) {
    return switch (method) {
      case SHAP -> new ShapParameters(values, config).read(format);
      case ANCHOR -> new AnchorParameters(values, config).read();
      case RULE -> new AnchorParameters(values, config).readRule();
      case COUNTERFACTUAL -> new CounterfactualParameters(values).read();
    };
  }

  private List<String> ignored(Method method, PlayersParameters.Data data) {
    return given.keySet().stream()
        .filter(name -> !ParameterNames.COMMON.contains(name))
        .filter(name -> !method.parameters().contains(name))
        .filter(name -> !ParameterNames.of(data).contains(name))
        .toList();
  }

  /** Names of other methods and programs that have a range. */
  private void checkPeers() {
    values.open("threshold", 0.5, 1);
    values.halfOpen("delta", 0, 0.5);
    values.open("tau", 0, 1);
    values.whole("beam", 1, 10);
    values.whole("beamSize", 1, 10);
    values.whole("batchSize", 1, Long.MAX_VALUE);
    values.whole("coverageSamples", 1, Long.MAX_VALUE);
  }
}
