package dev.sidelight.explainers.counterfactual;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Counterfactual.Answer;
import dev.sidelight.explainers.Counterfactual.Failure;
import dev.sidelight.explainers.Counterfactual.Prediction;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.RowAnswers;
import dev.sidelight.explainers.Stopped;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One counterfactual search. */
final class Search {

  private static final Mix X = new Mix(1, new int[0]);
  private static final Prediction UNKNOWN = new Prediction(0, "", -1);

  private final ExplainRequest<CounterfactualSettings> request;
  private final LoggedPredictions logged;
  private final Units units;
  private final Goal goal;
  private final PredictorSession predictor;
  private final Progress progress;
  private @Nullable Prediction x;
  private List<Descent> descents = List.of();
  private Failure failure = Failure.NO_ROWS;
  private int candidates;
  private int rounds;

  Search(
      ExplainRequest<CounterfactualSettings> request,
      LoggedPredictions logged,
      Units units,
      Goal goal,
      PredictorSession predictor,
      Progress progress) {
    this.request = request;
    this.logged = logged;
    this.units = units;
    this.goal = goal;
    this.predictor = predictor;
    this.progress = progress;
  }

  Counterfactual run() {
    boolean anyOther = request.settings().target().isEmpty() && request.settings().band().isEmpty();
    if (anyOther) {
      askX();
    }
    Nearest nearest = nearest();
    if (nearest.rows().isEmpty()) {
      failure = nearest.failure();
      askX();
      return result(List.of(), Stopped.CONVERGED);
    }
    failure = Failure.NOT_CONFIRMED;
    start(affordable(nearest.rows()));
    Stopped stopped = descend();
    return confirmed(stopped);
  }

  private Nearest nearest() {
    Prediction mine = x == null ? UNKNOWN : x;
    int size = logged.rows().rows();
    return Nearest.of(
        units,
        size,
        request.settings().neighbours(),
        row -> goal.isMet(goal.read(logged.outputs(), row - 1), mine));
  }

  private void askX() {
    if (x == null) {
      settleX(ask(List.of(X)), 0);
    }
  }

  private void settleX(RowAnswers answers, int at) {
    if (answers.failed().get(at)) {
      throw new ExplainException("row_refused", "", "the model refuses the row itself");
    }
    Prediction mine = goal.read(answers.outputs(), at);
    x = mine;
    if (goal.isMet(mine, mine)) {
      throw new ExplainException(
          "parameter_range", "/parameters/target", "the model answers the row so already");
    }
  }

  /** The nearest of them whose first round and last question fit the budget; at least one must. */
  private List<Mix> affordable(List<Mix> rows) {
    Budget budget = request.budget();
    long left = budget.rowsMax() - predictor.spent().rowsAsked() - (x == null ? 1 : 0);
    List<Mix> kept = new ArrayList<>();
    long need = 0;
    for (Mix row : rows) {
      need += 2L + Math.max(0, 2L * row.changed().length - 2);
      if (need <= left) {
        kept.add(row);
      }
    }
    int tripsMin = predictor.spent().roundTrips() + 2;
    if (kept.isEmpty() || budget.roundTripsMax() < tripsMin) {
      boolean trips = !kept.isEmpty();
      throw new ExplainException(
          "budget_too_small",
          trips ? "/parameters/budget/roundTripsMax" : "/parameters/budget/rowsMax",
          trips
              ? "a counterfactual needs at least %d round trips, the budget is %d"
                  .formatted(tripsMin, budget.roundTripsMax())
              : "a counterfactual needs at least %d rows, the budget is %d"
                  .formatted(
                      budget.rowsMax() - left + 2L * rows.get(0).changed().length,
                      budget.rowsMax()));
    }
    return kept;
  }

  /** x, where its answer is not known yet, every candidate, and their first restorations. */
  private void start(List<Mix> rows) {
    candidates = rows.size();
    List<Descent> all = new ArrayList<>();
    for (Mix row : rows) {
      double[] distances = new double[units.count()];
      for (int unit : row.changed()) {
        distances[unit] = units.distance(row.row(), unit);
      }
      all.add(new Descent(row, distances, UNKNOWN));
    }
    List<Mix> asked = new ArrayList<>();
    boolean withX = x == null;
    if (withX) {
      asked.add(X);
    }
    asked.addAll(rows);
    all.forEach(descent -> asked.addAll(descent.proposals()));
    RowAnswers answers = ask(asked);
    int at = 0;
    if (withX) {
      settleX(answers, at++);
    }
    BitSet held = new BitSet();
    List<Prediction> own = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++, at++) {
      held.set(i, holds(answers, at));
      own.add(goal.read(answers.outputs(), at));
    }
    List<Descent> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Descent descent = new Descent(rows.get(i), all.get(i).distances(), own.get(i));
      at = settle(descent, answers, at);
      // a logged answer may be out of date, yet some mix with x may hold
      if (held.get(i) || !descent.state().equals(rows.get(i))) {
        kept.add(descent);
      }
    }
    descents = kept;
    offer();
  }

  /** One round's answers to one candidate's proposals; returns where the next one's begin. */
  private int settle(Descent descent, RowAnswers answers, int from) {
    List<Mix> proposals = descent.proposals();
    List<Prediction> given = new ArrayList<>();
    BitSet holds = new BitSet();
    for (int i = 0; i < proposals.size(); i++) {
      given.add(goal.read(answers.outputs(), from + i));
      holds.set(i, holds(answers, from + i));
    }
    descent.settle(proposals, given, holds);
    return from + proposals.size();
  }

  private boolean holds(RowAnswers answers, int at) {
    Prediction mine = x == null ? UNKNOWN : x;
    return !answers.failed().get(at) && goal.isMet(goal.read(answers.outputs(), at), mine);
  }

  private Stopped descend() {
    while (true) {
      List<Descent> open = descents.stream().filter(d -> !d.isMinimal()).toList();
      if (open.isEmpty()) {
        return Stopped.CONVERGED;
      }
      if (predictor.expired()) {
        return predictor.cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE;
      }
      List<Mix> asked = new ArrayList<>();
      open.forEach(descent -> asked.addAll(descent.proposals()));
      // one round trip and one row per candidate are kept for the last question
      if (predictor.spent().roundTrips() + 2 > request.budget().roundTripsMax()) {
        return Stopped.ROUND_TRIPS;
      }
      long rows = predictor.spent().rowsAsked() + asked.size() + descents.size();
      if (rows > request.budget().rowsMax()) {
        return Stopped.ROWS;
      }
      try {
        RowAnswers answers = ask(asked);
        int at = 0;
        for (Descent descent : open) {
          at = settle(descent, answers, at);
        }
      } catch (PredictorException e) {
        return ended(e);
      }
      offer();
    }
  }

  private Stopped ended(PredictorException e) {
    if (e.kind() != Kind.CANCELLED) {
      return Stopped.BACKEND;
    }
    return predictor.cancelled() ? Stopped.CANCELLED : Stopped.DEADLINE;
  }

  /** Distinct ends, fewest changes first, then the nearest. */
  private List<Descent> best() {
    List<Descent> sorted = new ArrayList<>(descents);
    sorted.sort(
        Comparator.comparingInt((Descent d) -> d.state().changed().length)
            .thenComparingDouble(Descent::distance)
            .thenComparingInt(d -> d.state().row()));
    Set<Object> seen = new HashSet<>();
    return sorted.stream().filter(d -> seen.add(units.changes(d.state()))).toList();
  }

  private void offer() {
    Counterfactual partial = result(answers(best(), false), Stopped.CONVERGED);
    progress.offer(partial, rounds, partial.cost());
  }

  /** Asks the ends once more, past every cache. */
  private Counterfactual confirmed(Stopped stopped) {
    List<Descent> best = best();
    if (best.isEmpty()) {
      return result(List.of(), stopped);
    }
    if (predictor.expired()) {
      return result(answers(best, false), stopped);
    }
    RowAnswers again;
    try {
      Instances rows = units.rows(best.stream().map(Descent::state).toList());
      again = predictor.askUncached(rows);
    } catch (PredictorException e) {
      return result(answers(best, false), ended(e));
    }
    rounds++;
    List<Descent> held = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      if (holds(again, i)) {
        held.add(best.get(i).confirmedAs(goal.read(again.outputs(), i)));
      }
    }
    return result(answers(held, true), stopped);
  }

  private List<Answer> answers(List<Descent> ends, boolean confirmed) {
    List<Answer> answers = new ArrayList<>();
    for (Descent end : ends.subList(0, Math.min(ends.size(), request.settings().answersMax()))) {
      Mix mix = end.state();
      String id = logged.requestIds().get(mix.row() - 1);
      answers.add(
          new Answer(
              units.changes(mix),
              end.distance(),
              end.prediction(),
              id.isEmpty() ? Optional.empty() : Optional.of(id),
              units.rows(List.of(mix)),
              confirmed,
              end.isMinimal()));
    }
    return answers;
  }

  private Counterfactual result(List<Answer> answers, Stopped stopped) {
    return new Counterfactual(
        goal.target(),
        request.settings().band(),
        x == null ? UNKNOWN : x,
        answers,
        answers.isEmpty() ? Optional.of(failure) : Optional.empty(),
        candidates,
        logged.rows().rows(),
        predictor.deterministic(),
        stopped,
        rounds,
        request.seed(),
        predictor.spent());
  }

  private RowAnswers ask(List<Mix> mixes) {
    RowAnswers answers = predictor.ask(units.rows(mixes));
    rounds++;
    return answers;
  }
}
