package dev.sidelight.explainers;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How anchors are searched and certified.
 *
 * @param threshold the precision that is certified, in (0.5, 1)
 * @param delta how often, at most, an accepted rule's precision may be at or below the threshold;
 *     in (0, 0.5]
 * @param beam rules extended per round, in [1, 10]
 * @param rowsPerRound rows of one round trip, with repeats, in [256, 65,536]
 * @param predicatesMax conditions of a rule, a half-line counting as one, in [1, 32]
 * @param bins numeric columns are cut at the reference's quantiles 1/bins, 2/bins, ..; in [2, 64]
 * @param tolerance regression: answers this near are the same; empty takes half a standard
 *     deviation of the reference's predictions. >= 0
 * @param output name of the output tensor; empty takes the only one, else the first floating-point
 *     one, else the first numeric one
 * @param targetIndex classification: "the same answer" is "equally of this class or not";
 *     regression: the column. Empty takes the predicted class, or the only column
 * @param regression outputs are numbers, not scores of classes or labels
 */
public record AnchorSettings(
    double threshold,
    double delta,
    int beam,
    int rowsPerRound,
    int predicatesMax,
    int bins,
    OptionalDouble tolerance,
    Optional<String> output,
    OptionalInt targetIndex,
    boolean regression)
    implements MethodSettings {

  public AnchorSettings {
    // written so that NaN is refused too
    require(threshold > 0.5 && threshold < 1, "threshold", "in (0.5, 1)", threshold);
    require(delta > 0 && delta <= 0.5, "delta", "in (0, 0.5]", delta);
    require(beam >= 1 && beam <= 10, "beam", "in [1, 10]", beam);
    require(
        rowsPerRound >= 256 && rowsPerRound <= 65_536,
        "rowsPerRound",
        "in [256, 65536]",
        rowsPerRound);
    require(
        predicatesMax >= 1 && predicatesMax <= 32, "predicatesMax", "in [1, 32]", predicatesMax);
    require(bins >= 2 && bins <= 64, "bins", "in [2, 64]", bins);
    if (tolerance.isPresent()) {
      double value = tolerance.getAsDouble();
      require(
          value >= 0 && value < Double.POSITIVE_INFINITY, "tolerance", "finite and >= 0", value);
    }
    if (targetIndex.isPresent()) {
      require(targetIndex.getAsInt() >= 0, "target", ">= 0", targetIndex.getAsInt());
    }
  }

  private static void require(boolean holds, String name, String rule, Number value) {
    if (!holds) {
      throw new ExplainException(
          "parameter_range", "/parameters/" + name, name + " must be " + rule + ", got " + value);
    }
  }

  public static AnchorSettings defaults() {
    return new AnchorSettings(
        0.95,
        0.1,
        3,
        2_048,
        8,
        4,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false);
  }
}
