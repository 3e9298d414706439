package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.AnchorRule;

/**
 * A rule that has been drawn from: what the search saw, and apart from it what the certificate saw.
 */
final class Arm {

  private final AnchorRule rule;
  private final double coverage;
  private final int order;
  private final Tally search = new Tally();
  private final Tally fresh = new Tally();
  private int candidate;
  private boolean givenUp;
  private boolean expanded;

  /**
   * @param order 1 for the rule drawn first, 2 for the next, ..
   */
  Arm(AnchorRule rule, double coverage, int order) {
    this.rule = rule;
    this.coverage = coverage;
    this.order = order;
  }

  AnchorRule rule() {
    return rule;
  }

  double coverage() {
    return coverage;
  }

  int order() {
    return order;
  }

  /** Rows that found the rule; they never certify it. */
  Tally search() {
    return search;
  }

  /** Rows drawn since the rule became a candidate. */
  Tally fresh() {
    return fresh;
  }

  /** j of the j-th rule put to the test; 0 while it was not. */
  int candidate() {
    return candidate;
  }

  void becomeCandidate(int j) {
    candidate = j;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  void giveUp() {
    givenUp = true;
  }

  boolean isExpanded() {
    return expanded;
  }

  void expand() {
    expanded = true;
  }

  int rows() {
    return search.rows() + fresh.rows();
  }

  /** Share of hits among all rows; a half before the first. */
  double mean() {
    return rows() == 0 ? 0.5 : (double) (search.ok() + fresh.ok()) / rows();
  }

  /** ln P(precision >= t) given all rows and a flat prior. */
  double logPosterior(double t) {
    return BinomialTail.logPosterior(search.ok() + fresh.ok(), search.bad() + fresh.bad(), t);
  }

  /** ln of the odds of a hit, smoothed so that it is finite. */
  double logit() {
    return StrictMath.log((search.ok() + fresh.ok() + 1.0) / (search.bad() + fresh.bad() + 1.0));
  }
}
