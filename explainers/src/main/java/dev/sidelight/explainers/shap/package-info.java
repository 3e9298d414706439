/**
 * Shapley values: the ladder from exact enumeration of sub-games to leverage-score regression, with
 * intervals. Start at {@code ShapleyExplainer}.
 */
@NullMarked
package dev.sidelight.explainers.shap;

import org.jspecify.annotations.NullMarked;
