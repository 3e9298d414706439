package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UncertaintyTest {

  private static double coverage(int players, int rowsMax, int games) {
    int covered = 0;
    for (int seed = 0; seed < games; seed++) {
      UnanimitySum game = UnanimitySum.random(players, 30, 5, seed);
      ExplainRequest<ShapSettings> request = Games.game(players);
      Attribution answer =
          Games.explain(
              new ExplainRequest<>(
                  request.row(),
                  request.reference(),
                  request.settings(),
                  new Budget(rowsMax, 16, Duration.ofSeconds(20), 0.01),
                  seed),
              Games.model(game::value));
      double[] exact = game.shapley();
      for (int i = 0; i < players; i++) {
        Interval interval = answer.targeted().intervals()[i];
        covered += interval.low() <= exact[i] && exact[i] <= interval.high() ? 1 : 0;
      }
    }
    return (double) covered / (games * players);
  }

  @Test
  void intervals_coverTheTruth() {
    assertThat(coverage(15, 200, 80)).isBetween(0.90, 0.99);
    assertThat(coverage(20, 1_000, 30)).isBetween(0.90, 0.99);
  }

  /** 4 coalitions per player, and no more pairs than players. */
  @ParameterizedTest
  @CsvSource({"8, 32", "8, 18", "12, 26"})
  void fewestPairs_stillCoverTheTruth(int players, int rowsMax) {
    assertThat(coverage(players, rowsMax, 200)).isBetween(0.90, 0.995);
  }

  @ParameterizedTest
  @CsvSource({"8, 4, 3.182", "15, 7, 2.447", "19, 9, 2.306", "20, 10, 2.262", "400, 10, 2.262"})
  void jackknife_fewPairs_fewerBlocksAndWiderIntervals(int pairs, int blocks, double quantile) {
    Jackknife jackknife = Jackknife.of(pairs, Pairs.stream(1));

    assertThat(jackknife.blocks()).hasNumberOfRows(blocks);
    assertThat(Arrays.stream(jackknife.blocks()).flatMapToInt(Arrays::stream).sorted())
        .containsExactly(IntStream.range(0, pairs).boxed().toArray(Integer[]::new));
    assertThat(Arrays.stream(jackknife.blocks())).allMatch(block -> block.length >= 2);
    assertThat(jackknife.quantile()).isEqualTo(quantile);
  }

  /** Nearly every coalition seen: nothing is left to be unsure about. */
  @Test
  void seenShare_narrowsTheInterval() {
    UnanimitySum game = UnanimitySum.random(8, 20, 5, 3);
    double[] widths = new double[2];
    for (int i = 0; i < 2; i++) {
      PairSample sample = Pairs.of(8, i == 0 ? 63 : 126, 5, Pairs.game(game, 8));
      widths[i] =
          Arrays.stream(
                  new PairEstimator(sample, 0, true, false, Pairs.stream(1))
                      .estimate()
                      .stdErrors()[0])
              .max()
              .orElseThrow();
    }
    assertThat(widths[1]).isLessThan(widths[0] / 5);
  }

  @Test
  void stoppingRule_smallErrorsOrSeparatedRanks() {
    StoppingRule errors = new StoppingRule(0.01, OptionalInt.empty());
    StoppingRule ranks = new StoppingRule(1e-9, OptionalInt.of(2));
    double[] phi = {1, -3, 0.1};

    assertThat(errors.isMet(phi, new double[] {0.039, 0.01, 0}, 2.262)).isTrue();
    assertThat(errors.isMet(phi, new double[] {0.041, 0.01, 0}, 2.262)).isFalse();
    assertThat(ranks.isMet(phi, new double[] {0.3, 0.3, 0.05}, 2.262)).isTrue();
    assertThat(ranks.isMet(phi, new double[] {0.3, 0.3, 0.2}, 2.262)).isFalse();
    assertThat(ranks.isMet(phi, new double[] {0.5, 0.5, 0.01}, 2.262)).isFalse();
  }

  @Test
  void constantGame_zerosAndConverged() {
    Attribution answer = Games.explain(Games.game(25), Games.model(_ -> 0.7));

    assertThat(answer.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(answer.targeted().values()).containsOnly(0);
    assertThat(answer.cost().roundTrips()).isEqualTo(1);
  }
}
