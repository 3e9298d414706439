package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        double half = Jackknife.T_INTERVAL * estimate.stdErrors()[0][i];
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
}
