/**
 * How much each feature matters over many requests, out of their Shapley values.
 *
 * <p>Start at {@link dev.sidelight.explainers.importance.ImportanceTally}.
 */
@NullMarked
package dev.sidelight.explainers.importance;

import org.jspecify.annotations.NullMarked;
