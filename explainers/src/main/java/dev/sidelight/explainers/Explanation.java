package dev.sidelight.explainers;

/** The result of an explainer. Counterfactuals join when they exist. */
public sealed interface Explanation permits Attribution, Anchor {}
