package dev.sidelight.explainers.gateway;

import dev.sidelight.core.tensor.Instances;

/**
 * Sends one batch of synthetic rows to the model and waits for its answer. Thread-safe; blocks;
 * called on the gateway's executor, at most {@code inFlightMax} times at once. Must mark the call
 * as synthetic, must not retry, and must return or throw soon after the timeout.
 */
@FunctionalInterface
public interface Backend {
  /**
   * @param rows n >= 1 rows of one signature, all under {@code key}
   * @return n rows of outputs; row i answers row i
   * @throws dev.sidelight.core.predict.PredictorException with the kind of failure
   */
  Instances predict(BatchKey key, Instances rows, long timeoutMillis);
}
