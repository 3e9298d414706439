package dev.sidelight.explainers.counterfactual;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explainer;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;
import java.util.List;

/**
 * Counterfactuals out of traffic: the nearest logged rows with the wanted answer, each brought back
 * towards the explained row as far as the model keeps that answer. No gradient, no training, and no
 * value that was not seen.
 *
 * <p>Costs about 2 d rows per start row and round, d being how many values differ, in three to six
 * round trips. No chance is involved: the seed of the request is only repeated.
 */
public final class CounterfactualExplainer
    implements Explainer<CounterfactualSettings, Counterfactual> {

  private final LoggedPredictions logged;

  /**
   * @param logged what was asked and answered in traffic; how many rows are enough is the caller's
   *     to say
   */
  public CounterfactualExplainer(LoggedPredictions logged) {
    this.logged = logged;
  }

  /**
   * @param request of whose reference only the schema is looked at
   * @throws ExplainException {@code parameter_range} for a class the model has not, one it answers
   *     anyway, or an unknown name; {@code target_unsupported}; {@code row_refused} when the model
   *     refuses the row itself; {@code budget_too_small} naming the least
   * @throws PredictorException when the backend fails before a first result is there
   */
  @Override
  public Counterfactual explain(
      ExplainRequest<CounterfactualSettings> request,
      PredictorSession predictor,
      Progress progress) {
    if (!Signature.of(request.row()).equals(Signature.of(logged.rows()))) {
      throw new IllegalArgumentException("the logged rows have another signature than the row");
    }
    if (predictor.expired() && !predictor.cancelled()) {
      throw new ExplainException(
          "budget_too_small",
          "/parameters/budget/deadline",
          "the deadline passed before the first round was answered");
    }
    Units units =
        new Units(
            Instances.stack(List.of(request.row(), logged.rows())),
            request.reference().schema(),
            request.settings().immutable());
    Goal goal =
        new Goal(request.settings(), request.reference().schema().outputs(), logged.outputs());
    return new Search(request, logged, units, goal, predictor, progress).run();
  }
}
