package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;

/**
 * A predictor for one explanation: it meters what is asked and knows when to stop. Not thread-safe.
 */
public interface PredictorSession {

  /**
   * One round trip: blocks until every row has an answer or has failed.
   *
   * @param rows n rows of the explained row's signature, any n >= 1
   * @throws dev.sidelight.core.predict.PredictorException when no answer can be had for any of
   *     them, with kind CANCELLED when the deadline or the caller ended the wait: return the best
   *     so far
   */
  RowAnswers ask(Instances rows);

  /** What this explanation has cost so far. */
  Cost spent();

  /** The deadline has passed or the caller has gone: return the best so far. */
  boolean expired();

  /** True when the wait was ended by the caller rather than by the deadline. */
  boolean cancelled();

  /** False when the noise probe saw the model answer one row in two ways. */
  boolean deterministic();
}
