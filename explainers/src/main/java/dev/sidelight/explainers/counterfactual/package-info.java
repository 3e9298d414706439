/**
 * The smallest changes, out of values seen in traffic, that get another answer from the model.
 *
 * <p>Start at {@link dev.sidelight.explainers.counterfactual.CounterfactualExplainer}: it takes the
 * nearest logged rows with the wanted answer and puts back what need not differ.
 */
@NullMarked
package dev.sidelight.explainers.counterfactual;

import org.jspecify.annotations.NullMarked;
