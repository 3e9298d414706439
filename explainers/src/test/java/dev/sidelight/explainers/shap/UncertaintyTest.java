package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(coverage(20, 1_000, 60)).isBetween(0.90, 0.99);
    assertThat(coverage(40, 2_000, 30)).isBetween(0.90, 0.99);
  }

  @Test
  void regression_enoughPairs_recoversALinearOddPart() {
    double[] phi = {3, -1, 0.5, 2, 0, 7};
    List<LeverageRegression.Pair> pairs = new ArrayList<>();
    SizeOrder singles = new SizeOrder(6, 1, 1);
    SizeOrder twos = new SizeOrder(6, 2, 1);
    for (int j = 0; j < 20; j++) {
      Coalition coalition = j < 6 ? singles.get(j) : twos.get(j - 6);
      double odd = 0;
      for (int i = 0; i < 6; i++) {
        odd += phi[i] * (coalition.has(i) ? 0.5 : -0.5);
      }
      pairs.add(new LeverageRegression.Pair(coalition, 1 + j, new double[] {odd}));
    }

    LeverageRegression.Fit fit =
        new LeverageRegression(6, pairs, new double[] {Arrays.stream(phi).sum()})
            .fit(new RandomStream(1, "test", 0));

    assertThat(fit.phi()[0]).containsExactly(phi, within(1e-9));
    assertThat(fit.stdErrors()[0]).containsExactly(new double[6], within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 9})
  void regression_everyPair_isTheShapleyValue(int n) {
    double[] v = Games.random(1, 1 << n, n)[0];
    PairedDesign design = new PairedDesign(n, 4);
    design.take(design.plan((int) design.pairsMax()));
    List<LeverageRegression.Pair> pairs = new ArrayList<>();
    for (int s = 1; s <= design.classes(); s++) {
      for (int j = 0; j < design.count(s); j++) {
        int mask = (int) design.pair(s, j).words()[0];
        double odd = (v[mask] - v[v.length - 1 - mask]) / 2;
        double weight = (2 * s == n ? 0.5 : 1) / (s * (n - s) * (double) design.count(s));
        pairs.add(new LeverageRegression.Pair(design.pair(s, j), weight, new double[] {odd}));
      }
    }

    LeverageRegression.Fit fit =
        new LeverageRegression(n, pairs, new double[] {v[v.length - 1] - v[0]})
            .fit(new RandomStream(1, "test", 0));

    assertThat(fit.phi()[0]).containsExactly(Games.bruteForce(v, n), within(1e-6));
  }

  @Test
  void regression_fewerPairsThanPlayers_staysFinite() {
    Random random = new Random(1);
    List<LeverageRegression.Pair> pairs = new ArrayList<>();
    for (int j = 0; j < 20; j++) {
      Coalition coalition = Coalition.of(60, random.ints(0, 60).distinct().limit(9).toArray());
      pairs.add(new LeverageRegression.Pair(coalition, 1, new double[] {random.nextGaussian()}));
    }

    LeverageRegression.Fit fit =
        new LeverageRegression(60, pairs, new double[] {1}).fit(new RandomStream(1, "test", 0));

    assertThat(Arrays.stream(fit.phi()[0]).sum()).isEqualTo(1, within(1e-9));
    assertThat(Arrays.stream(fit.phi()[0]).map(Math::abs).max().orElse(99)).isLessThan(10);
  }

  @Test
  void stoppingRule_smallErrorsOrSeparatedRanks() {
    StoppingRule errors = new StoppingRule(0.01, OptionalInt.empty());
    StoppingRule ranks = new StoppingRule(1e-9, OptionalInt.of(2));
    double[] phi = {1, -3, 0.1};

    assertThat(errors.isMet(phi, new double[] {0.039, 0.01, 0})).isTrue();
    assertThat(errors.isMet(phi, new double[] {0.041, 0.01, 0})).isFalse();
    assertThat(ranks.isMet(phi, new double[] {0.3, 0.3, 0.05})).isTrue();
    assertThat(ranks.isMet(phi, new double[] {0.3, 0.3, 0.2})).isFalse();
    assertThat(ranks.isMet(phi, new double[] {0.5, 0.5, 0.01})).isFalse();
  }

  @Test
  void constantGame_zerosAndConverged() {
    Attribution answer = Games.explain(Games.game(25), Games.model(_ -> 0.7));

    assertThat(answer.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(answer.targeted().values()).containsOnly(0);
    assertThat(answer.cost().roundTrips()).isEqualTo(1);
  }
}
