package dev.sidelight.explainers;

/** The result of an explainer. Anchors and counterfactuals join when they exist. */
public sealed interface Explanation permits Attribution {}
