/**
 * Shapley values: the ladder from exact enumeration of sub-games over pairs of coalitions to pairs
 * of single rows, with intervals and interactions.
 *
 * <p>Start at {@code ShapleyExplainer}, then {@code Game} (what is asked and what the model said)
 * and the rungs {@code ExactMode}, {@code CoalitionMode} and {@code RowMode}. What they compute is
 * plain mathematics: {@code ExactShapley}; {@code PairEstimator} (the Gaussian process of {@code
 * OddProcess}, the regression of {@code LeverageRegression}, and what becomes of both); {@code
 * RowRegression} over {@code AdditiveStage}.
 */
@NullMarked
package dev.sidelight.explainers.shap;

import org.jspecify.annotations.NullMarked;
