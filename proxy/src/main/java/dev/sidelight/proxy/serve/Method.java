package dev.sidelight.proxy.serve;

import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.util.List;
import java.util.Set;

/** The ways of explaining that a caller may name. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of and List.of do not change
public enum Method {
  SHAP(
      "shap",
      Set.of("shap", "kernelshap", "kernel_shap", "auto"),
      Set.of("mode", "link", "output", "target", "outputs", "task", "topK", "interactions"),
      List.of(Format.ALIBI, Format.NATIVE, Format.TRUSTYAI)),
  ANCHOR(
      "anchor",
      Set.of("anchor", "anchors", "anchortabular", "anchortext", "anchorimage"),
      Set.of(
          "threshold",
          "delta",
          "beam",
          "beamSize",
          "rowsPerRound",
          "predicatesMax",
          "maxAnchorSize",
          "bins",
          "tolerance",
          "output",
          "target",
          "task"),
      List.of(Format.ALIBI, Format.NATIVE, Format.KSERVE_ALIBI)),
  /** What a rule that the caller gives is worth. */
  RULE(
      "rule",
      Set.of("rule"),
      Set.of(
          "predicates",
          "threshold",
          "delta",
          "rowsPerRound",
          "tolerance",
          "output",
          "target",
          "task"),
      List.of(Format.ALIBI, Format.NATIVE, Format.KSERVE_ALIBI)),
  COUNTERFACTUAL(
      "counterfactual",
      Set.of("counterfactual", "counterfactuals"),
      Set.of("output", "target", "low", "high", "column", "immutable", "neighbours", "answersMax"),
      List.of(Format.NATIVE));

  private final String word;
  private final Set<String> names;
  private final Set<String> parameters;
  private final List<Format> formats;

  Method(String word, Set<String> names, Set<String> parameters, List<Format> formats) {
    this.word = word;
    this.names = names;
    this.parameters = parameters;
    this.formats = formats;
  }

  /** Its name in documents and metrics. */
  public String word() {
    return word;
  }

  /** Whether a caller may call it so. */
  boolean isCalled(String name) {
    return names.contains(name);
  }

  /** What it reads beside what all read. */
  Set<String> parameters() {
    return parameters;
  }

  /** The shapes its results can be told in. */
  public List<Format> formats() {
    return formats;
  }
}
