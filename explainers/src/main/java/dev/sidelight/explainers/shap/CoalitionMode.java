package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.Stopped;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of paired coalitions, each twice as many as the last, until the intervals are narrow or
 * the budget is spent. Every coalition is evaluated over the whole background.
 */
final class CoalitionMode {

  /** Ten jackknife blocks need at least two pairs each. */
  private static final int PAIRS_MIN = 20;

  private static final int FIRST_PAIRS_PER_PLAYER = 4;

  private final Game game;
  private final Budget budget;
  private final StoppingRule rule;
  private final long seed;
  private final int players;
  private final PairedDesign design;
  private final PairValues values;
  private @Nullable Solution best;

  /**
   * @param game of n >= 2 players
   */
  CoalitionMode(Game game, Budget budget, StoppingRule rule, long seed) {
    this.game = game;
    this.budget = budget;
    this.rule = rule;
    this.seed = seed;
    this.players = game.players();
    this.design = new PairedDesign(players, seed);
    this.values = new PairValues(game, design);
  }

  /**
   * @param offer takes the solution of each round and its number, the last one included
   */
  Solution solve(ObjIntConsumer<Solution> offer) {
    int wanted = FIRST_PAIRS_PER_PLAYER * players;
    values.addEnds();
    for (int round = 1; ; round++) {
      try {
        ExactMode exact = new ExactMode(game);
        if (design.enumerates(wanted) && exact.fits(budget.rowsMax())) {
          Solution solved = exact.solve();
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
        best = fit();
        wanted = 2 * pairs;
      } catch (PredictorException failure) {
        return bestDespite(failure);
      }
      Stopped reason = reason(best);
      best = best.endedBy(reason == null ? best.stopped() : reason);
      offer.accept(best, round);
      if (reason != null) {
        return best;
      }
    }
  }

  private Solution fit() {
    LeverageRegression.Fit fit =
        new LeverageRegression(players, values.pairs(), values.delta())
            .fit(new RandomStream(seed, "jackknife", design.pairs()));
    Solution.OutputSolution[] outputs = new Solution.OutputSolution[game.outputs()];
    for (int k = 0; k < outputs.length; k++) {
      boolean constant = values.isConstant(k);
      outputs[k] =
          new Solution.OutputSolution(
              values.baseline(k),
              values.prediction(k),
              constant ? new double[players] : fit.phi()[k],
              constant ? new double[players] : fit.stdErrors()[k],
              new double[0],
              constant);
    }
    return new Solution(false, Stopped.ROWS, outputs);
  }

  private @Nullable Stopped reason(Solution solution) {
    Solution.OutputSolution target = solution.outputs()[game.readout().target()];
    PredictorSession session = game.session();
    if (target.constant() || rule.isMet(target.phi(), target.stdErrors())) {
      return Stopped.CONVERGED;
    }
    if (session.expired()) {
      return session.cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE;
    }
    return session.spent().roundTrips() >= budget.roundTripsMax() ? Stopped.ROUND_TRIPS : null;
  }

  private Solution bestDespite(PredictorException failure) {
    if (best == null) {
      throw failure;
    }
    if (game.session().cancelled()) {
      return best.endedBy(Stopped.CANCELLED);
    }
    return best.endedBy(
        failure.kind() == PredictorException.Kind.CANCELLED || game.session().expired()
            ? Stopped.DEADLINE
            : Stopped.BACKEND);
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

  private void requireEnough(int pairs) {
    int least = (int) Math.min(Math.max(PAIRS_MIN, players), design.pairsMax());
    if (pairs < least || pairs < PAIRS_MIN) {
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
