package dev.sidelight.explainers;

/** The result of an explainer. */
public sealed interface Explanation permits Attribution, Anchor, Counterfactual {}
