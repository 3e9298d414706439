package dev.sidelight.explainers;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How Shapley values are computed.
 *
 * @param mode which rung of the ladder; AUTO decides before the first row
 * @param output name of the output tensor to explain; empty takes the only one, else the first
 *     floating-point one, else the first numeric one
 * @param targetIndex column of it; empty takes the predicted class
 * @param allOutputs explain every column (at most 64), sharing rows and design
 * @param regression a single integer or boolean output is a number, not a label
 * @param topK stop as soon as the intervals separate the k largest attributions in order
 * @param interactions also the interaction index of every pair of players, from the same rows; not
 *     in row mode
 */
public record ShapSettings(
    Mode mode,
    Link link,
    Optional<String> output,
    OptionalInt targetIndex,
    boolean allOutputs,
    boolean regression,
    OptionalInt topK,
    boolean interactions)
    implements MethodSettings {

  public ShapSettings {
    if (targetIndex.isPresent() && targetIndex.getAsInt() < 0) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/target",
          "the target must be >= 0, got " + targetIndex.getAsInt());
    }
    if (topK.isPresent() && topK.getAsInt() < 1) {
      throw new ExplainException(
          "parameter_range", "/parameters/topK", "topK must be >= 1, got " + topK.getAsInt());
    }
  }

  /** Without interactions. */
  public ShapSettings(
      Mode mode,
      Link link,
      Optional<String> output,
      OptionalInt targetIndex,
      boolean allOutputs,
      boolean regression,
      OptionalInt topK) {
    this(mode, link, output, targetIndex, allOutputs, regression, topK, false);
  }

  /** The rungs. */
  public enum Mode {
    AUTO,
    EXACT,
    /** Pairs of coalitions, each over the whole background. */
    COALITION,
    /** Pairs of single rows, for budgets without room for coalitions; not with link LOGIT. */
    ROW
  }

  public static ShapSettings defaults() {
    return new ShapSettings(
        Mode.AUTO,
        Link.IDENTITY,
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        OptionalInt.empty());
  }
}
