package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interaction;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Masker;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts a solved game back among all players of the schema and makes the sum come out exactly. */
final class AttributionBuilder {

  private static final Interval NOTHING = new Interval(0, 0);

  private final Masker masker;
  private final Game game;
  private final ExplainRequest<ShapSettings> request;

  AttributionBuilder(Masker masker, Game game, ExplainRequest<ShapSettings> request) {
    this.masker = masker;
    this.game = game;
    this.request = request;
  }

  Attribution build(Solution solution) {
    boolean deterministic = game.session().deterministic();
    boolean exact = solution.enumerated() && deterministic && game.rowsDropped() == 0;
    List<OutputAttribution> outputs = new ArrayList<>();
    for (int k = 0; k < solution.outputs().length; k++) {
      outputs.add(spread(solution.outputs()[k], k, solution.quantile()));
    }
    return new Attribution(
        solution.method(),
        exact,
        solution.stopped() == Stopped.EXACT && !exact ? Stopped.CONVERGED : solution.stopped(),
        game.scale().link(),
        masker.players(),
        game.readout().target(),
        outputs,
        game.background().rows(),
        game.rowsDropped(),
        game.scale().clipped(),
        deterministic,
        request.seed(),
        cost());
  }

  private Cost cost() {
    Cost spent = game.session().spent();
    return new Cost(
        Math.max(game.rowsLogical(), spent.rowsLogical()),
        spent.rowsAsked(),
        spent.rowsSent(),
        spent.cacheHits(),
        spent.roundTrips(),
        spent.backendCalls(),
        spent.queueMillis(),
        spent.millis());
  }

  /**
   * The remainder of prediction - baseline - sum goes in equal parts to the players that have
   * anything: a dummy keeps its exact 0.
   */
  private OutputAttribution spread(Solution.OutputSolution solved, int k, double quantile) {
    int all = masker.players().size();
    int n = solved.phi().length;
    CompensatedSum gap = new CompensatedSum();
    gap.add(solved.prediction());
    gap.add(-solved.baseline());
    for (double phi : solved.phi()) {
      gap.add(-phi);
    }
    double sharers = Arrays.stream(solved.phi()).filter(phi -> phi != 0).count();
    double each = solved.constant() || sharers == 0 ? 0 : gap.value() / sharers;
    double[] values = new double[all];
    double[] stdErrors = new double[all];
    boolean known = solved.backgroundStdErrors().length == n && n > 0;
    double[] backgroundStdErrors = new double[known ? all : 0];
    Interval[] intervals = new Interval[all];
    Arrays.fill(intervals, NOTHING);
    for (int i = 0; i < n; i++) {
      int player = game.background().active()[i];
      values[player] = solved.phi()[i] == 0 ? 0 : solved.phi()[i] + each;
      stdErrors[player] = solved.stdErrors()[i];
      double half = quantile * stdErrors[player];
      intervals[player] = new Interval(values[player] - half, values[player] + half);
      if (known) {
        backgroundStdErrors[player] = solved.backgroundStdErrors()[i];
      }
    }
    return new OutputAttribution(
        game.readout().targets().get(k),
        solved.baseline(),
        solved.prediction(),
        values,
        stdErrors,
        intervals,
        backgroundStdErrors,
        gap.value(),
        interactions(solved.pairwise()),
        mainEffects(values, solved.pairwise()));
  }

  /** Strongest first. */
  private List<Interaction> interactions(Solution.Pairwise pairwise) {
    List<Interaction> interactions = new ArrayList<>();
    int n = pairwise.isEmpty() ? 0 : game.players();
    for (int i = 0, pair = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++, pair++) {
        interactions.add(
            new Interaction(name(i), name(j), pairwise.values()[pair], pairwise.stdErrors()[pair]));
      }
    }
    interactions.sort(Comparator.comparingDouble(i -> -Math.abs(i.value())));
    return interactions;
  }

  private String name(int player) {
    return masker.players().get(game.background().active()[player]).name();
  }

  /** k-SII of order 2: main_i = phi_i - 1/2 sum_j SII_ij. */
  private double[] mainEffects(double[] values, Solution.Pairwise pairwise) {
    if (pairwise.isEmpty()) {
      return new double[0];
    }
    double[] main = values.clone();
    int[] active = game.background().active();
    for (int i = 0, pair = 0; i < active.length; i++) {
      for (int j = i + 1; j < active.length; j++, pair++) {
        main[active[i]] -= pairwise.values()[pair] / 2;
        main[active[j]] -= pairwise.values()[pair] / 2;
      }
    }
    return main;
  }
}
