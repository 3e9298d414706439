package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Masker;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.Stopped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Few rows: every pair of coalitions is asked over one background row instead of all of them. Small
 * sub-games are enumerated, the others sampled; rounds twice as large each until the intervals are
 * narrow or the budget is spent. For values that are linear in the background rows only.
 */
final class RowMode {

  private static final int ROWS_FIRST = 1_024;

  /** Budgets are rounded up to this before sub-games are chosen: what was spent chooses alike. */
  private static final int ROWS_STEP = 64;

  private static final int PAIRS_MIN = 20;

  /** Normal, 97.5 %: the sandwich has as many degrees of freedom as pairs. */
  private static final double QUANTILE = 1.96;

  private static final double CONSTANT = 1e-12;

  private final Game game;
  private final Background background;
  private final Rounds rounds;
  private final long seed;
  private final Arithmetic arithmetic;
  private final Map<Integer, int[]> enumerated = new LinkedHashMap<>();
  private final int[] nobody;
  private final RowPairs pairs;
  private @Nullable Solution best;

  /**
   * @param game of n >= 2 players, not of link LOGIT
   */
  RowMode(
      Game game,
      Masker masker,
      Rounds rounds,
      long seed,
      Arithmetic arithmetic,
      Surrogate surrogate) {
    this.game = game;
    this.background = game.background();
    this.rounds = rounds;
    this.seed = seed;
    this.arithmetic = arithmetic;
    this.nobody = new int[background.groups()];
    int largest = largestEnumerated();
    int[] sampled =
        IntStream.range(0, background.groups())
            .filter(g -> background.differing()[g].length > largest)
            .toArray();
    this.pairs = new RowPairs(game, masker, sampled, surrogate, seed);
  }

  /** Up to how many differing players a background row's game is enumerated. */
  private int largestEnumerated() {
    int rows = Math.min(rounds.budget().rowsMax(), ROWS_FIRST);
    int perGroup = (rows + ROWS_STEP - 1) / ROWS_STEP * ROWS_STEP / background.groups();
    int largest = perGroup >= 8 ? 3 : perGroup >= 4 ? 2 : 1;
    return Math.min(largest, background.mostDiffering() - 1); // something is left to sample
  }

  /**
   * @param offer takes the solution of each round and its number, the last one included
   */
  Solution solve(ObjIntConsumer<Solution> offer) {
    addEnds();
    int rowsMax = rounds.budget().rowsMax();
    long limit = ROWS_FIRST;
    for (int round = 1; ; round++, limit *= 2) {
      try {
        int before = pairs.size();
        int rows = (int) Math.min(limit, rowsMax);
        pairs.drawUpTo(rows, 2 * rows);
        if (best != null && pairs.size() == before) {
          return best.endedBy(Stopped.ROWS);
        }
        requireEnough();
        game.ask();
        dropRefused();
        best = arithmetic.run(this::fit);
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

  private void addEnds() {
    Coalition none = Coalition.empty(background.players());
    int largest = largestEnumerated();
    for (int g = 0; g < nobody.length; g++) {
      nobody[g] = game.hybrids().add(g, none.words());
      if (background.differing()[g].length <= largest) {
        int[] hybrids = SubGames.enumerate(game.hybrids(), background, g, Integer.MAX_VALUE);
        if (hybrids != null) {
          enumerated.put(g, hybrids);
        }
      }
    }
    game.countLogical(game.hybrids().size());
  }

  private void requireEnough() {
    if (pairs.size() < PAIRS_MIN) {
      throw new ExplainException(
          "budget_too_small",
          "/parameters/budget/rowsMax",
          "an estimate with an interval needs at least %d rows (%d background rows and %d pairs of hybrids), the budget is %d"
              .formatted(
                  game.hybrids().size() - 2 * pairs.size() + 2 * PAIRS_MIN,
                  background.rows(),
                  PAIRS_MIN,
                  rounds.budget().rowsMax()));
    }
  }

  private void dropRefused() {
    if (!game.anyFailed()) {
      return;
    }
    for (int g = 0; g < nobody.length; g++) {
      SubGames.dropIfRefused(game, g, enumerated.getOrDefault(g, new int[] {nobody[g]}));
    }
    pairs.dropRefused();
  }

  private Solution fit() {
    RowSample sample = pairs.sample(nobody);
    Jackknife folds =
        Jackknife.of(sample.draws().size(), new RandomStream(seed, "row-folds", pairs.size()));
    RowRegression.Fit fit = RowRegression.fit(sample, background, folds, game.readout().target());
    Solution.OutputSolution[] outputs = new Solution.OutputSolution[game.outputs()];
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = combine(sample, fit, k);
    }
    return new Solution("row", Stopped.ROWS, QUANTILE, outputs);
  }

  /** Enumerated games by their weights, and the sampled mean by the weight of the rest. */
  private Solution.OutputSolution combine(RowSample sample, RowRegression.Fit fit, int k) {
    double rest = pairs.weight();
    double[] phi = new double[game.players()];
    double[] stdErrors = new double[phi.length];
    double[] known = pairs.surrogateValues(sample, k);
    double low = game.output(0, k);
    double high = low;
    CompensatedSum baseline = new CompensatedSum();
    for (int i = 0; i < phi.length; i++) {
      phi[i] = rest * (fit.phi()[k][i] + known[i]);
      stdErrors[i] = rest * fit.stdErrors()[k][i];
    }
    for (int g = 0; g < nobody.length; g++) {
      if (game.isLive(g)) {
        double end = game.output(nobody[g], k);
        baseline.add(game.weight(g) * end);
        low = Math.min(low, end);
        high = Math.max(high, end);
        addEnumerated(g, k, phi);
      }
    }
    for (double odd : sample.odd()[k]) {
      high = Math.max(high, low + 2 * Math.abs(odd));
    }
    boolean constant = high - low < CONSTANT * Math.max(1, Math.abs(game.prediction(k)));
    return new Solution.OutputSolution(
        baseline.value(),
        game.prediction(k),
        constant ? new double[phi.length] : phi,
        constant ? new double[phi.length] : stdErrors,
        new double[0],
        constant,
        Solution.Pairwise.NONE);
  }

  private void addEnumerated(int group, int output, double[] phi) {
    int[] hybrids = enumerated.get(group);
    if (hybrids != null) {
      int[] differing = background.differing()[group];
      double[] own = ExactShapley.values(SubGames.values(game, hybrids, output), differing.length);
      for (int i = 0; i < own.length; i++) {
        phi[differing[i]] += game.weight(group) * own[i];
      }
    }
  }
}
