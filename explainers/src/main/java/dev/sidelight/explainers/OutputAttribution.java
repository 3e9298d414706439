package dev.sidelight.explainers;

import java.util.List;

/**
 * One output's Shapley values; arrays have one entry per player.
 *
 * @param baseline link of the mean over the background
 * @param prediction link of the explained row's output
 * @param intervals 95 %; a player equal to x in every background row has [0, 0]
 * @param backgroundStdError exact mode: how far another background of this size might move each
 *     value; empty otherwise
 * @param efficiencyGap prediction - baseline - sum before the equal spread that makes it 0
 * @param interactions every pair of players that differ from x somewhere, strongest first; empty
 *     unless asked for
 * @param mainEffects with interactions: each value less half the interactions it is part of (k-SII
 *     of order 2); empty without
 */
public record OutputAttribution(
    Target target,
    double baseline,
    double prediction,
    double[] values,
    double[] stdErrors,
    Interval[] intervals,
    double[] backgroundStdError,
    double efficiencyGap,
    List<Interaction> interactions,
    double[] mainEffects) {

  public OutputAttribution {
    interactions = List.copyOf(interactions);
    if (stdErrors.length != values.length || intervals.length != values.length) {
      throw new IllegalArgumentException(
          "%d values need as many standard errors and intervals, got %d and %d"
              .formatted(values.length, stdErrors.length, intervals.length));
    }
    if (backgroundStdError.length != 0 && backgroundStdError.length != values.length) {
      throw new IllegalArgumentException(
          "%d values with %d background errors"
              .formatted(values.length, backgroundStdError.length));
    }
    if (mainEffects.length != 0 && mainEffects.length != values.length) {
      throw new IllegalArgumentException(
          "%d values with %d main effects".formatted(values.length, mainEffects.length));
    }
  }

  /** Without interactions. */
  public OutputAttribution(
      Target target,
      double baseline,
      double prediction,
      double[] values,
      double[] stdErrors,
      Interval[] intervals,
      double[] backgroundStdError,
      double efficiencyGap) {
    this(
        target,
        baseline,
        prediction,
        values,
        stdErrors,
        intervals,
        backgroundStdError,
        efficiencyGap,
        List.of(),
        new double[0]);
  }
}
