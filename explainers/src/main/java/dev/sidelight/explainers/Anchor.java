package dev.sidelight.explainers;

import java.util.List;
import java.util.Optional;

/**
 * A rule true of one row under which the model keeps its answer, with its certificate; or the best
 * rule found and why it is none. Also the answer to a rule audit.
 *
 * <p>The certificate speaks about rows drawn from D(z|A) on this reference, and about the sampling
 * of this explanation: see {@link #guarantee()}.
 *
 * @param method {@code anchor}, or {@code rule} for an audit
 * @param predicates in the order of what they gained; empty for the rule that always holds
 * @param failure empty on success: the rule is certified
 * @param precision observed, in [0, 1]: over the fresh rows of the certificate; of a failed rule
 *     that never was a candidate over those of the search
 * @param precisionInterval each side missed with probability at most alpha, at whatever moment the
 *     sampling stopped; on success its low end is at least the threshold
 * @param precisionRows rows behind {@code precision}, with repeats
 * @param alpha delta / (j (j + 1)) of the rule as j-th candidate
 * @param coverageInterval 95 % Clopper-Pearson
 * @param coverageOf {@code traffic} or {@code perturbations}
 * @param allPrecision how often the model gives x's answer anyway: precision of the empty rule
 * @param examples of the whole rule
 * @param tolerance regression: answers this near were the same; 0 for classes
 * @param target whose answer must stay the same
 * @param prediction the targeted output of x; 1 where the output is a label
 * @param referenceRows rows of the reference
 * @param rounds complete rounds behind this result: the same call with this many round trips
 *     repeats it
 */
public record Anchor(
    String method,
    List<AnchorPredicate> predicates,
    Optional<AnchorFailure> failure,
    double precision,
    Interval precisionInterval,
    long precisionRows,
    double threshold,
    double delta,
    double alpha,
    double coverage,
    Interval coverageInterval,
    String coverageOf,
    double allPrecision,
    AnchorExamples examples,
    double tolerance,
    Target target,
    double prediction,
    int referenceRows,
    boolean deterministic,
    Stopped stopped,
    int rounds,
    long seed,
    Cost cost)
    implements Explanation {

  public Anchor {
    predicates = List.copyOf(predicates);
    if (!(precision >= 0 && precision <= 1)) {
      throw new IllegalArgumentException("a precision must be in [0, 1], got " + precision);
    }
    if (!(coverage >= 0 && coverage <= 1)) {
      throw new IllegalArgumentException("a coverage must be in [0, 1], got " + coverage);
    }
    if (failure.isEmpty() && precisionInterval.low() < threshold) {
      throw new IllegalArgumentException(
          "a certified rule's bound must be >= %s, got %s"
              .formatted(threshold, precisionInterval.low()));
    }
  }

  public boolean success() {
    return failure.isEmpty();
  }

  public double precisionLowerBound() {
    return precisionInterval.low();
  }

  /** What the certificate says, in its own words; on failure what the interval says. */
  public String guarantee() {
    return success()
        ? "P(precision <= %s) <= %s over the sampling of this explanation"
            .formatted(threshold, delta)
        : "P(precision outside the interval) <= %s over the sampling of this explanation"
            .formatted(2 * alpha);
  }
}
