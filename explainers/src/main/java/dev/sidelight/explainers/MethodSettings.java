package dev.sidelight.explainers;

/** How one method works: each explainer takes its own record of settings. */
public sealed interface MethodSettings
    permits ShapSettings, AnchorSettings, RuleSettings, CounterfactualSettings {}
