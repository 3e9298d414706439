/**
 * Shapley values: the ladder from exact enumeration of sub-games to leverage-score regression over
 * paired coalitions, with intervals.
 *
 * <p>Start at {@code ShapleyExplainer}, then {@code Game} (what is asked and what the model said),
 * {@code ExactMode} and {@code CoalitionMode} (the two rungs). {@code ExactShapley}, {@code
 * PairedDesign}, {@code LeverageRegression} and {@code StoppingRule} are plain mathematics.
 */
@NullMarked
package dev.sidelight.explainers.shap;

import org.jspecify.annotations.NullMarked;
