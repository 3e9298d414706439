package dev.sidelight.explainers;

/**
 * One printed condition of a found rule, with the rule up to it.
 *
 * @param precisionGain precision with it less precision without it, in the order of the rule
 * @param precision of the rule up to and with this condition, as observed
 * @param coverage of the rule up to and with this condition
 */
public record AnchorPredicate(
    Condition condition,
    double precisionGain,
    double precision,
    double coverage,
    AnchorExamples examples) {}
