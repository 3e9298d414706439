package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.RuleSettings;
import dev.sidelight.proxy.config.ExplainConfig;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How anchors are searched, and which rule is audited, as a caller says it. */
final class AnchorParameters {

  private static final AnchorSettings DEFAULTS = AnchorSettings.defaults();

  private final ParameterValues values;
  private final ExplainConfig config;

  /**
   * @param config what holds where the caller says nothing
   */
  AnchorParameters(ParameterValues values, ExplainConfig config) {
    this.values = values;
    this.config = config;
  }

  AnchorSettings read() {
    return new AnchorSettings(
        values.open("threshold", 0.5, 1).orElse(DEFAULTS.threshold()),
        values.halfOpen("delta", 0, 0.5).orElse(DEFAULTS.delta()),
        either("beam", "beamSize", 1, 10, DEFAULTS.beam()),
        (int) values.whole("rowsPerRound", 256, 65_536).orElse(DEFAULTS.rowsPerRound()),
        either("predicatesMax", "maxAnchorSize", 1, 32, DEFAULTS.predicatesMax()),
        (int) values.whole("bins", 2, 64).orElse(DEFAULTS.bins()),
        values.atLeast("tolerance", 0),
        values.text("output").or(() -> ShapParameters.usualOutput(values, config)),
        target(),
        isRegression());
  }

  /** Our name, or the peer's. */
  private int either(String ours, String theirs, long low, long high, int usual) {
    OptionalLong own = values.whole(ours, low, high);
    return (int) own.orElse(values.whole(theirs, low, high).orElse(usual));
  }

  private OptionalInt target() {
    return ShapParameters.asInt(values.whole("target", 0, 1_000_000));
  }

  private boolean isRegression() {
    return values
        .word("task", List.of("auto", "classification", "regression"))
        .orElse(config.task())
        .equals("regression");
  }

  /**
   * @throws ServeException {@code member_missing} without {@code predicates}
   */
  RuleSettings readRule() {
    List<Condition> rule = ConditionReader.read(values.list("predicates"));
    return new RuleSettings(read(), rule);
  }
}
