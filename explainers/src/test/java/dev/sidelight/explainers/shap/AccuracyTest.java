package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error and coverage over many seeds, on games with values in closed form. */
@Tag("slow")
class AccuracyTest {

  private static final int SEEDS = 50;

  private record Outcome(double process, double regression, double coverage) {}

  private static Outcome measure(int players, int pairs, int terms, int sizeMax) {
    double process = 0;
    double regression = 0;
    int covered = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      UnanimitySum game = UnanimitySum.random(players, terms, sizeMax, seed);
      double[] exact = game.shapley();
      ToDoubleFunction<Coalition> v = Pairs.game(game, players);
      PairSample sample = Pairs.of(players, pairs, 100 + seed, v);
      PairEstimator.Estimate estimate =
          new PairEstimator(sample, 0, true, false, Pairs.stream(seed)).estimate();
      double[] plain =
          new LeverageRegression(sample, Jackknife.of(sample.pairs(), Pairs.stream(seed)))
              .fit(sample.odd(), sample.delta())
              .phi()[0];
      process += Pairs.relativeSquaredError(estimate.phi()[0], exact) / SEEDS;
      regression += Pairs.relativeSquaredError(plain, exact) / SEEDS;
      for (int i = 0; i < players; i++) {
        double half = estimate.quantile() * estimate.stdErrors()[0][i];
        covered += Math.abs(estimate.phi()[0][i] - exact[i]) <= half ? 1 : 0;
      }
    }
    return new Outcome(process, regression, (double) covered / (SEEDS * players));
  }

  /** Pairs are half the coalitions: 2 n, 8 n, 16 n. */
  @ParameterizedTest
  @CsvSource({
    "12, 23, 20, 4",
    "12, 95, 20, 4",
    "12, 191, 20, 4",
    "20, 39, 30, 5",
    "20, 159, 30, 5",
    "30, 59, 30, 5",
    "30, 239, 30, 5"
  })
  void fewerErrorsThanRegression_andHonestIntervals(
      int players, int pairs, int terms, int sizeMax) {
    Outcome outcome = measure(players, pairs, terms, sizeMax);

    assertThat(outcome.process()).isLessThan(0.8 * outcome.regression());
    assertThat(outcome.coverage()).isBetween(0.90, 0.995);
  }

  /**
   * Products of up to all players: no sample shows what happens where hardly anybody is missing.
   */
  @ParameterizedTest
  @CsvSource({"20, 159, 40, 20", "40, 319, 40, 40"})
  void hugeProducts_stillFewerErrors_intervalsTooNarrow(
      int players, int pairs, int terms, int sizeMax) {
    Outcome outcome = measure(players, pairs, terms, sizeMax);

    assertThat(outcome.process()).isLessThan(0.9 * outcome.regression());
    assertThat(outcome.coverage()).isGreaterThan(0.75);
  }

  /** As many pairs as players, where the process has hardly seen anything, and a few more. */
  @ParameterizedTest
  @CsvSource({
    "8, 8, 20, 5",
    "8, 10, 20, 5",
    "8, 15, 20, 5",
    "12, 12, 20, 5",
    "12, 16, 20, 5",
    "20, 20, 30, 5",
    "20, 24, 30, 5",
    "40, 40, 60, 5",
    "40, 50, 60, 5"
  })
  void fewPairs_honestIntervals(int players, int pairs, int terms, int sizeMax) {
    Outcome outcome = measure(players, pairs, terms, sizeMax);

    assertThat(outcome.coverage()).isGreaterThan(0.90);
    assertThat(outcome.process()).isLessThan(outcome.regression());
  }

  /** Intervals where the rule lets the work stop, not at a size fixed beforehand. */
  @ParameterizedTest
  @CsvSource({"8, 0.05", "12, 0.05", "12, 0.01", "20, 0.05", "20, 0.01", "40, 0.05"})
  void stoppingTime_honestIntervals(int players, double relativeError) {
    int covered = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      UnanimitySum game = UnanimitySum.random(players, 2 * players, 5, 1_000 + seed);
      ExplainRequest<ShapSettings> request =
          Games.with(
              Games.with(
                  Games.game(players),
                  Games.settings(ShapSettings.Mode.COALITION, Link.IDENTITY, false)),
              new Budget(200 * players, 16, Budget.defaults().deadline(), relativeError));
      Interval[] intervals =
          Games.explain(request, Games.model(game::value)).targeted().intervals();
      covered += covered(intervals, game.shapley());
    }
    assertThat((double) covered / (SEEDS * players)).isBetween(0.90, 0.995);
  }

  /** Row mode's sandwich, at budgets from hardly more rows than its background on. */
  @ParameterizedTest
  @ValueSource(ints = {110, 160, 300, 1_000})
  void rowMode_honestIntervals(int rowsMax) {
    int players = 9;
    double[][] background = Games.random(60, players, 2);
    double[] weights = new double[background.length];
    java.util.Arrays.fill(weights, 1);
    double[] x = Games.random(1, players, 1)[0];
    double[] exact = Games.bruteForce(x, background, weights, AccuracyTest::curved);
    int covered = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      ExplainRequest<ShapSettings> plain = Games.request(x, background);
      ExplainRequest<ShapSettings> request =
          new ExplainRequest<>(
              plain.row(),
              plain.reference(),
              Games.settings(ShapSettings.Mode.ROW, Link.IDENTITY, false),
              new Budget(rowsMax, 16, Budget.defaults().deadline(), 1e-9),
              seed);
      covered +=
          covered(
              Games.explain(request, Games.model(AccuracyTest::curved)).targeted().intervals(),
              exact);
    }
    assertThat((double) covered / (SEEDS * players)).isBetween(0.90, 0.995);
  }

  private static double curved(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += Math.sin(2 * row[i] + i) + row[i] * row[(i + 1) % row.length];
    }
    return sum;
  }

  private static int covered(Interval[] intervals, double[] exact) {
    int covered = 0;
    for (int i = 0; i < exact.length; i++) {
      double rounding = 1e-9 * Math.abs(exact[i]);
      boolean low = intervals[i].low() - rounding <= exact[i];
      covered += low && exact[i] <= intervals[i].high() + rounding ? 1 : 0;
    }
    return covered;
  }
}
