package dev.sidelight.explainers;

/**
 * Explains one row. Plain sequential code: run it on a virtual thread. Thread-safe; keeps nothing
 * between calls. Anytime: on a spent budget the best result so far comes back with intervals and
 * {@code stopped}.
 *
 * @param <S> the method's settings
 * @param <E> the method's result
 */
public interface Explainer<S extends MethodSettings, E extends Explanation> {
  /**
   * @param predictor rows of this explanation only; metered; blocks
   * @param progress offered each improved, complete result; never blocks, never throws
   * @throws ExplainException when there is nothing honest to return, with the code of the answer
   */
  E explain(ExplainRequest<S> request, PredictorSession predictor, Progress progress);
}
