package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of paired coalitions, each twice as many as the last, until the intervals are narrow or
 * the budget is spent. Every coalition is evaluated over the whole background.
 */
final class CoalitionMode {

  private static final int FIRST_PAIRS_PER_PLAYER = 4;

  private final Game game;
  private final Budget budget;
  private final Rounds rounds;
  private final boolean interactions;
  private final long seed;
  private final Arithmetic arithmetic;
  private final int players;
  private final PairedDesign design;
  private final PairValues values;
  private @Nullable Solution best;

  /**
   * @param game of n >= 2 players
   */
  CoalitionMode(
      Game game, ExplainRequest<ShapSettings> request, Rounds rounds, Arithmetic arithmetic) {
    this.game = game;
    this.budget = request.budget();
    this.rounds = rounds;
    this.interactions = request.settings().interactions();
    this.seed = request.seed();
    this.arithmetic = arithmetic;
    this.players = game.players();
    this.design = new PairedDesign(players, seed);
    this.values = new PairValues(game, design);
  }

  /**
   * @param offer takes the solution of each round and its number, the last one included
   */
  Solution solve(ObjIntConsumer<Solution> offer) {
    if (interactions && players > PairEstimator.PROCESS_PLAYERS_MAX) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/interactions",
          "interactions are offered for up to %d players that differ from the background, this row has %d"
              .formatted(PairEstimator.PROCESS_PLAYERS_MAX, players));
    }
    int wanted = FIRST_PAIRS_PER_PLAYER * players;
    values.addEnds();
    for (int round = 1; ; round++) {
      try {
        ExactMode exact = new ExactMode(game, interactions);
        if (design.enumerates(wanted) && exact.fits(budget.rowsMax())) {
          Solution solved = exact.solve(arithmetic);
          offer.accept(solved, round);
          return solved;
        }
        int pairs = affordable(wanted);
        if (best != null && pairs <= design.pairs()) {
          return best.endedBy(Stopped.ROWS);
        }
        requireEnough(pairs);
        values.take(design.plan(pairs));
        game.ask();
        values.evaluate();
        best = arithmetic.run(this::fit);
        wanted = 2 * pairs;
      } catch (PredictorException failure) {
        return rounds.bestDespite(failure, best);
      }
      Stopped reason = rounds.reason(best);
      best = best.endedBy(reason == null ? best.stopped() : reason);
      offer.accept(best, round);
      if (reason != null) {
        return best;
      }
    }
  }

  private Solution fit() {
    PairEstimator.Estimate estimate =
        new PairEstimator(
                values.sample(),
                game.readout().target(),
                game.session().deterministic(),
                interactions,
                new RandomStream(seed, "jackknife", design.pairs()))
            .estimate();
    Solution.OutputSolution[] outputs = new Solution.OutputSolution[game.outputs()];
    for (int k = 0; k < outputs.length; k++) {
      boolean constant = values.isConstant(k);
      outputs[k] =
          new Solution.OutputSolution(
              values.baseline(k),
              values.prediction(k),
              constant ? new double[players] : estimate.phi()[k],
              constant ? new double[players] : estimate.stdErrors()[k],
              new double[0],
              constant,
              pairwise(estimate, k, constant));
    }
    return new Solution(estimate.method(), Stopped.ROWS, estimate.quantile(), outputs);
  }

  private Solution.Pairwise pairwise(PairEstimator.Estimate estimate, int k, boolean constant) {
    EvenProcess.@Nullable Fit fit = estimate.interactions();
    if (!interactions || (fit == null && !constant)) {
      return Solution.Pairwise.NONE;
    }
    int pairs = players * (players - 1) / 2;
    return constant || fit == null
        ? new Solution.Pairwise(new double[pairs], new double[pairs])
        : new Solution.Pairwise(fit.sii()[k], fit.stdErrors()[k]);
  }

  /** The most pairs up to {@code wanted} whose distinct rows fit the budget. */
  private int affordable(int wanted) {
    int most = (int) Math.min(wanted, design.pairsMax());
    if (fits(most)) {
      return most;
    }
    int low = design.pairs();
    int high = most;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (fits(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean fits(int pairs) {
    double more = 2.0 * (pairs - design.pairs()) * game.background().groups();
    return game.hybrids().size() + more <= budget.rowsMax()
        || values.rowsWith(design.plan(pairs), budget.rowsMax()) <= budget.rowsMax();
  }

  /**
   * Every player is alone in one pair at least; with fewer nobody can tell how far off the answer
   * is: 95 % intervals from half as many hold the truth in every second case.
   */
  private static int pairsMin(PairedDesign design) {
    return (int) Math.min(Math.max(Jackknife.PAIRS_MIN, design.players()), design.pairsMax());
  }

  /**
   * Whether so many pairs, or as many as an estimate needs, fit a budget of distinct rows, ends
   * included. Leaves the game as it is.
   */
  static boolean affords(Game game, int pairs, long seed, int rowsMax) {
    PairedDesign design = new PairedDesign(game.players(), seed);
    int[] plan = design.plan(Math.max(pairs, pairsMin(design)));
    return new PairValues(game, design).rowsWith(plan, rowsMax) <= rowsMax;
  }

  private void requireEnough(int pairs) {
    int least = pairsMin(design);
    if (pairs < least) {
      throw new ExplainException(
          "budget_too_small",
          "/parameters/budget/rowsMax",
          "an estimate with an interval needs at least %d rows (%d pairs of coalitions of %d players over %d background rows), the budget is %d"
              .formatted(
                  values.rowsWith(design.plan(least), Integer.MAX_VALUE),
                  least,
                  players,
                  game.background().rows(),
                  budget.rowsMax()));
    }
  }
}
