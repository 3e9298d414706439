package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.AnchorFailure;
import dev.sidelight.explainers.AnchorFailure.Reason;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Stopped;
import java.util.Locale;
import java.util.Optional;

/** When rounds end before the work does, and what a failure says. */
final class Ending {

  /** A round of fewer rows is not worth its wait. */
  private static final int ROWS_MIN = 64;

  /** A test this long that did not decide will not. */
  private static final int NEAR_ROWS = 1_000;

  private final Budget budget;
  private final PredictorSession session;

  Ending(Budget budget, PredictorSession session) {
    this.budget = budget;
    this.session = session;
  }

  /** Rows the next round may have. */
  int rowsLeft(int rowsPerRound) {
    return (int) Math.min(rowsPerRound, budget.rowsMax() - session.spent().rowsAsked());
  }

  /** Why there can be no further round after so many. */
  Optional<Stopped> stopped(int rounds) {
    if (session.expired()) {
      return Optional.of(session.cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE);
    }
    if (rounds >= budget.roundTripsMax()) {
      return Optional.of(Stopped.ROUND_TRIPS);
    }
    return rowsLeft(ROWS_MIN) < ROWS_MIN ? Optional.of(Stopped.ROWS) : Optional.empty();
  }

  /** Room for x and a first look, or there is nothing to say. */
  void requireFirstRound() {
    if (budget.rowsMax() < 1 + ROWS_MIN) {
      throw new ExplainException(
          "budget_too_small",
          "/parameters/budget/rowsMax",
          "an anchor needs at least %d rows, the budget is %d"
              .formatted(1 + ROWS_MIN, budget.rowsMax()));
    }
    if (session.expired() && !session.cancelled()) {
      throw tooLate();
    }
  }

  private static ExplainException tooLate() {
    return new ExplainException(
        "budget_too_small",
        "/parameters/budget/deadline",
        "the deadline passed before the first round was answered");
  }

  /** The first round failed: what is thrown. */
  RuntimeException beforeAnything(PredictorException failure) {
    return isCut(failure) && !session.cancelled() ? tooLate() : failure;
  }

  /** A later round failed: how the explanation ended. */
  Stopped after(PredictorException failure) {
    if (!isCut(failure)) {
      return Stopped.BACKEND;
    }
    return session.cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE;
  }

  private static boolean isCut(PredictorException failure) {
    return failure.kind() == PredictorException.Kind.CANCELLED;
  }

  /**
   * @param precision of the best rule
   */
  static AnchorFailure failure(Stopped stopped, Interval precision, long rows, double threshold) {
    boolean near = rows >= NEAR_ROWS && precision.high() > threshold;
    Reason reason =
        switch (stopped) {
          case DEADLINE, CANCELLED, BACKEND -> Reason.DEADLINE;
          case ROWS, ROUND_TRIPS -> near ? Reason.NEAR_THRESHOLD : Reason.ROWS;
          case CONVERGED, EXACT -> near ? Reason.NEAR_THRESHOLD : Reason.NO_RULE;
        };
    return new AnchorFailure(reason, hint(reason, precision));
  }

  private static String hint(Reason reason, Interval precision) {
    double met = Math.floor(precision.low() * 100) / 100;
    String lower =
        met > 0.5
            ? String.format(Locale.ROOT, "A threshold of %.2f would have been met", met)
            : "A lower threshold may be met";
    return switch (reason) {
      case NO_RULE -> lower + "; finer bins give more rules to choose from.";
      case NEAR_THRESHOLD ->
          lower + "; the best rule's precision cannot be told from the threshold asked for.";
      case ROWS -> "More rows or round trips let the search go on. " + lower + ".";
      case DEADLINE -> "A longer deadline lets the search go on.";
    };
  }
}
