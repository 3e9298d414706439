/**
 * The one way to a model for synthetic rows: de-duplicates, merges across explanations, fits
 * latency, bounds what is in flight, yields to live traffic, meters. Start at {@code
 * PredictorGateway}.
 */
@NullMarked
package dev.sidelight.explainers.gateway;

import org.jspecify.annotations.NullMarked;
