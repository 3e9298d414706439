package dev.sidelight.core.predict;

import dev.sidelight.core.tensor.Instances;

/** A model seen from outside. Thread-safe. May block: never call it on an event loop. */
@FunctionalInterface
public interface Predictor {
  /**
   * @param rows n rows of one signature, n >= 1
   * @return n rows of outputs; row i answers row i
   * @throws PredictorException when the backend cannot, with the kind of failure
   */
  Instances predict(Instances rows);
}
