package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Stopped;
import org.jspecify.annotations.Nullable;

/** When a sampled explanation ends: good enough, out of budget, out of time, or out of luck. */
record Rounds(Game game, Budget budget, StoppingRule rule) {

  /** Null where another round is due. */
  @Nullable Stopped reason(Solution solution) {
    Solution.OutputSolution target = solution.outputs()[game.readout().target()];
    if (target.constant() || rule.isMet(target.phi(), target.stdErrors(), solution.quantile())) {
      return Stopped.CONVERGED;
    }
    if (game.session().expired()) {
      return game.session().cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE;
    }
    return game.session().spent().roundTrips() >= budget.roundTripsMax()
        ? Stopped.ROUND_TRIPS
        : null;
  }

  /** The best so far, where there is any, with the reason why it is not better. */
  Solution bestDespite(PredictorException failure, @Nullable Solution best) {
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
}
