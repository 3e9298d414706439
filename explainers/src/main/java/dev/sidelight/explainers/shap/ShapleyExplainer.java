package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explainer;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Masker;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import java.util.concurrent.Executor;
import java.util.function.ObjIntConsumer;

/**
 * Shapley values of the marginal game over joint background rows, by the first rung of the ladder
 * that fits the budget: exact enumeration of all sub-games, else pairs of coalitions, or of single
 * rows where the budget is small.
 *
 * <p>Same row, reference, settings, seed and answers give identical numbers, whatever the batch
 * sizes and the load; only a deadline or a cancel cuts. Stateless, so one instance serves all.
 */
public final class ShapleyExplainer implements Explainer<ShapSettings, Attribution> {

  private final Arithmetic arithmetic;

  /** Computes on the calling thread. */
  public ShapleyExplainer() {
    this(Runnable::run);
  }

  /**
   * @param pool computes what the model's answers mean; the calling thread waits for it. A pool
   *     that leaves a core free keeps everything else quick
   */
  public ShapleyExplainer(Executor pool) {
    this.arithmetic = new Arithmetic(pool);
  }

  /**
   * @throws ExplainException {@code budget_too_small} naming the least number of rows, {@code
   *     target_unsupported} listing the outputs seen, {@code perturbations_refused} when the model
   *     refuses hybrids of more than a tenth of the background, {@code row_refused} when it refuses
   *     the row itself, {@code parameter_range}
   * @throws PredictorException when the backend fails before a first result is there
   */
  @Override
  public Attribution explain(
      ExplainRequest<ShapSettings> request, PredictorSession predictor, Progress progress) {
    return explain(
        request, new TabularMasker(request.row(), request.reference()), predictor, progress);
  }

  /**
   * The same with other players than the columns of the row.
   *
   * @param request of which the row and the reference rows are not looked at; the reference's
   *     schema names the outputs
   * @param masker whose players take the place of columns, and whose background that of the
   *     reference rows
   */
  public Attribution explain(
      ExplainRequest<ShapSettings> request,
      Masker masker,
      PredictorSession predictor,
      Progress progress) {
    requireTime(predictor);
    ShapSettings settings = request.settings();
    Ladder.requirePossible(settings);
    Game game =
        new Game(
            masker,
            predictor,
            new OutputSelector(settings, request.reference().schema().outputs()),
            new LinkScale(settings.link()));
    AttributionBuilder builder = new AttributionBuilder(masker, game, request);
    try {
      return climb(request, game, masker, builder, progress);
    } catch (PredictorException failure) {
      if (failure.kind() == PredictorException.Kind.CANCELLED && !predictor.cancelled()) {
        throw tooLate();
      }
      throw failure;
    }
  }

  private Attribution climb(
      ExplainRequest<ShapSettings> request,
      Game game,
      Masker masker,
      AttributionBuilder builder,
      Progress progress) {
    ShapSettings settings = request.settings();
    Budget budget = request.budget();
    boolean ends = game.players() <= 1;
    boolean byName = settings.mode() == Mode.EXACT;
    if (ends || byName || settings.mode() == Mode.AUTO) {
      ExactMode exact = new ExactMode(game, settings.interactions());
      int rowsMax =
          ends || byName ? budget.rowsMax() : Math.min(budget.rowsMax(), ExactMode.ROWS_MAX);
      if (exact.fits(rowsMax)) {
        Attribution attribution = builder.build(exact.solve(arithmetic));
        progress.offer(attribution, 1, attribution.cost());
        return attribution;
      }
      if (ends || byName) {
        throw exactTooLarge(game, budget);
      }
    }
    ObjIntConsumer<Solution> offer =
        (partial, round) -> {
          Attribution attribution = builder.build(partial);
          progress.offer(attribution, round, attribution.cost());
        };
    Rounds rounds =
        new Rounds(game, budget, new StoppingRule(budget.relativeError(), settings.topK()));
    if (Ladder.byRows(settings, game, budget, request.seed())) {
      Surrogate nothing = Surrogate.none(game.players());
      return builder.build(
          new RowMode(game, masker, rounds, request.seed(), arithmetic, nothing).solve(offer));
    }
    return builder.build(new CoalitionMode(game, request, rounds, arithmetic).solve(offer));
  }

  private static void requireTime(PredictorSession predictor) {
    if (predictor.expired() && !predictor.cancelled()) {
      throw tooLate();
    }
  }

  private static ExplainException tooLate() {
    return new ExplainException(
        "budget_too_small",
        "/parameters/budget/deadline",
        "the deadline passed before the first round was answered");
  }

  private static ExplainException exactTooLarge(Game game, Budget budget) {
    if (game.scale().link() == Link.LOGIT && game.players() > ExactMode.LOGIT_PLAYERS_MAX) {
      return new ExplainException(
          "parameter_range",
          "/parameters/mode",
          "mode 'exact' with link 'logit' takes up to %d players, this row has %d"
              .formatted(ExactMode.LOGIT_PLAYERS_MAX, game.players()));
    }
    return new ExplainException(
        "budget_too_small",
        "/parameters/budget/rowsMax",
        "exact values need up to %.0f rows, the budget is %d"
            .formatted(game.background().nominalRows(), budget.rowsMax()));
  }
}
