package dev.sidelight.explainers;

import java.util.Optional;
import java.util.Set;

/**
 * What answer is wanted and what may change for it.
 *
 * @param output name of the output tensor; empty takes the only one, else the first floating-point
 *     one, else the first numeric one
 * @param target the wanted class: its name, its label on the wire, or the number of its column;
 *     empty takes any class but the predicted one
 * @param band of a number: what it shall lie in; needed where the model answers one number
 * @param column of a number, when there are several, >= 0
 * @param immutable names of features or groups that may not change, besides those of the schema
 * @param neighbours logged rows to start from, in [1, 100]
 * @param answersMax in [1, 20]
 */
public record CounterfactualSettings(
    Optional<String> output,
    Optional<String> target,
    Optional<Interval> band,
    int column,
    Set<String> immutable,
    int neighbours,
    int answersMax)
    implements MethodSettings {

  public CounterfactualSettings {
    immutable = Set.copyOf(immutable);
    if (target.isPresent() && band.isPresent()) {
      throw new ExplainException(
          "parameter_range", "/parameters/band", "give a target class or a band, not both");
    }
    require(column >= 0, "column", ">= 0", column);
    require(neighbours >= 1 && neighbours <= 100, "neighbours", "in [1, 100]", neighbours);
    require(answersMax >= 1 && answersMax <= 20, "answersMax", "in [1, 20]", answersMax);
  }

  private static void require(boolean holds, String name, String rule, int value) {
    if (!holds) {
      throw new ExplainException(
          "parameter_range", "/parameters/" + name, name + " must be " + rule + ", got " + value);
    }
  }

  /** Any other class, nothing held fixed. */
  public static CounterfactualSettings defaults() {
    return new CounterfactualSettings(
        Optional.empty(), Optional.empty(), Optional.empty(), 0, Set.of(), 20, 3);
  }

  public CounterfactualSettings withTarget(String wanted) {
    return new CounterfactualSettings(
        output, Optional.of(wanted), Optional.empty(), column, immutable, neighbours, answersMax);
  }

  public CounterfactualSettings withBand(Interval wanted) {
    return new CounterfactualSettings(
        output, Optional.empty(), Optional.of(wanted), column, immutable, neighbours, answersMax);
  }

  public CounterfactualSettings withImmutable(Set<String> names) {
    return new CounterfactualSettings(output, target, band, column, names, neighbours, answersMax);
  }
}
