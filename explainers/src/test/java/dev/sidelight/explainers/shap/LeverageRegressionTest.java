package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeverageRegressionTest {

  private static LeverageRegression.Fit fit(PairSample sample) {
    return new LeverageRegression(sample, Jackknife.of(sample.pairs(), Pairs.stream(1)))
        .fit(sample.odd(), sample.delta());
  }

  @Test
  void enoughPairs_recoverALinearOddPart() {
    double[] phi = {3, -1, 0.5, 2, 0, 7};
    PairSample sample =
        Pairs.of(
            6,
            25,
            1,
            coalition ->
                IntStream.range(0, 6).filter(coalition::has).mapToDouble(i -> phi[i]).sum());

    LeverageRegression.Fit fit = fit(sample);

    assertThat(fit.phi()[0]).containsExactly(phi, within(1e-9));
    assertThat(fit.stdErrors()[0]).containsExactly(new double[6], within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 9})
  void everyPair_isTheShapleyValue(int n) {
    double[] v = Games.random(1, 1 << n, n)[0];

    PairSample sample = Pairs.of(n, 1 << n, 4, Pairs.table(v));

    assertThat(fit(sample).phi()[0]).containsExactly(Games.bruteForce(v, n), within(1e-6));
  }

  @Test
  void fewerPairsThanPlayers_staysFinite() {
    Random random = new Random(1);
    List<Coalition> halves = new ArrayList<>();
    for (int j = 0; j < 20; j++) {
      halves.add(Coalition.of(60, random.ints(0, 60).distinct().limit(9).toArray()));
    }
    double[] weights = new double[20];
    Arrays.fill(weights, 1);
    PairSample sample =
        Pairs.of(
            60, halves, weights, c -> c.size() == 60 ? 1 : c.size() == 0 ? 0 : c.hashCode() % 3);

    double[] phi = fit(sample).phi()[0];

    assertThat(Arrays.stream(phi).sum()).isEqualTo(1, within(1e-9));
    assertThat(Arrays.stream(phi).map(Math::abs).max().orElse(99)).isLessThan(10);
  }

  @Test
  void leaveOneOut_isWhatRefittingWithoutThePairSays() {
    PairSample sample = Pairs.of(7, 30, 2, Pairs.table(Games.random(1, 128, 5)[0]));
    double refitted = 0;
    for (int left = 0; left < sample.pairs(); left++) {
      NormalEquations others = NormalEquations.balanced(7, 1);
      double[] row = new double[7];
      double target = 0;
      for (int j = 0; j < sample.pairs(); j++) {
        Coalition half = sample.halves().get(j);
        NormalEquations.centre(half, row);
        double wanted = sample.odd()[0][j] - sample.delta()[0] / 7 * (half.size() - 3.5);
        if (j == left) {
          target = wanted;
        } else {
          others.add(row, sample.weights()[j], new double[] {wanted});
        }
      }
      NormalEquations.centre(sample.halves().get(left), row);
      double error = target - Rows.dot(others.solve(0)[0], row, 0, 7);
      refitted += error * error;
    }

    double squares =
        new LeverageRegression(sample, Jackknife.of(sample.pairs(), Pairs.stream(1)))
            .leaveOneOutSquares(sample.odd()[0], sample.delta()[0]);

    assertThat(squares).isEqualTo(refitted, within(1e-8 * refitted));
  }
}
