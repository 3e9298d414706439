package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.Iterator;
import java.util.function.Consumer;

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

  /**
   * The same, but every row is put to the model now, whatever it or somebody else was told before:
   * repeats are asked as often as they stand there and no cache is read.
   */
  default RowAnswers askUncached(Instances rows) {
    return ask(rows);
  }

  /**
   * A batch too large to be held at once, still one round trip: each piece is made when the one
   * before has been answered. A session that meters round trips counts all pieces as one.
   *
   * @param pieces made lazily, at least one
   * @param answers takes the answer to each piece, in order
   */
  default void askInPieces(Iterator<Instances> pieces, Consumer<RowAnswers> answers) {
    while (pieces.hasNext()) {
      answers.accept(ask(pieces.next()));
    }
  }

  /** What this explanation has cost so far. */
  Cost spent();

  /** The deadline has passed or the caller has gone: return the best so far. */
  boolean expired();

  /** True when the wait was ended by the caller rather than by the deadline. */
  boolean cancelled();

  /** False when the noise probe saw the model answer one row in two ways. */
  boolean deterministic();
}
