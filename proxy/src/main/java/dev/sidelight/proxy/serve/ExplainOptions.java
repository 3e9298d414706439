package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ShapSettings;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a caller asks of an explanation.
 *
 * @param seed empty derives it from row, reference and settings, so that a repeat is the same
 *     answer
 * @param ignored names of parameters that were understood and have no effect here
 */
public record ExplainOptions(
    ShapSettings settings, Budget budget, OptionalLong seed, Format format, List<String> ignored) {

  public ExplainOptions {
    ignored = List.copyOf(ignored);
  }

  /** The shape of the answer. */
  public enum Format {
    ALIBI,
    NATIVE
  }
}
