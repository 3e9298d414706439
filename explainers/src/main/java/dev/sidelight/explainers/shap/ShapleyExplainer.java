package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explainer;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;

/** Shapley values by the cheapest rung of the ladder that is honest within the budget. */
public final class ShapleyExplainer implements Explainer {

  @Override
  public Attribution explain(
      ExplainRequest request, PredictorSession predictor, Progress progress) {
    throw new UnsupportedOperationException("the ladder comes with the next commit");
  }
}
