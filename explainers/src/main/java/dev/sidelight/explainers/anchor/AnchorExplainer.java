package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.AnchorSpace;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explainer;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;

/**
 * Certified anchors: the widest rule found under which the model keeps its answer. The idea of
 * anchors is Ribeiro, Singh &amp; Guestrin 2018; search and certificate are our own.
 *
 * <p>A session should ask for independent draws, so that a model which answers one row in two ways
 * is asked anew for every draw. Same row, reference, settings, seed and answers give the same rule
 * and numbers; only a deadline or a cancel cuts, and then {@link Anchor#rounds} says where.
 * Stateless, so one instance serves all.
 */
public final class AnchorExplainer implements Explainer<AnchorSettings, Anchor> {

  /**
   * Of a row of a table.
   *
   * @throws ExplainException {@code budget_too_small} naming the least number of rows, {@code
   *     target_unsupported} listing the outputs seen, {@code row_refused} when the model refuses
   *     the row itself, {@code parameter_range}
   * @throws PredictorException when the backend fails before a first result is there
   */
  @Override
  public Anchor explain(
      ExplainRequest<AnchorSettings> request, PredictorSession predictor, Progress progress) {
    Columns columns = Columns.of(request.row(), request.reference());
    AnchorSpace space =
        new TabularSpace(columns, new AtomBuilder(columns).all(request.settings().bins()));
    return explain(request, space, predictor, progress);
  }

  /**
   * The same with other conditions than those on the columns of a row.
   *
   * @param request of which the reference rows are not looked at; the reference's schema names the
   *     outputs
   * @param space of the request's row
   */
  public Anchor explain(
      ExplainRequest<AnchorSettings> request,
      AnchorSpace space,
      PredictorSession predictor,
      Progress progress) {
    Sampler sampler =
        new Sampler(
            space,
            predictor,
            request.settings(),
            request.reference().schema().outputs(),
            request.row(),
            request.seed());
    AnchorBuilder.Source source =
        new AnchorBuilder.Source(predictor, request.reference().size(), request.seed());
    return new AnchorSearch(
            request.settings(), sampler, new Ending(request.budget(), predictor), source)
        .run(progress);
  }
}
