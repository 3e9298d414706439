/**
 * Explanations of a model seen only through a batch predictor: plain sequential mathematics, no
 * I/O, no clock, no hidden randomness.
 *
 * <p>Start at {@link dev.sidelight.explainers.Explainer}. The {@code gateway} package meters and
 * merges the rows; {@code shap} holds the Shapley ladder, {@code anchor} the search for certified
 * rules.
 */
@NullMarked
package dev.sidelight.explainers;

import org.jspecify.annotations.NullMarked;
