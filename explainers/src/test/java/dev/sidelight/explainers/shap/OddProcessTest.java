package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddProcessTest {

  private static final KernelSearch.Choice CHOICE =
      new KernelSearch.Choice(
          new PlayerWeights(new double[] {0.3, 0.1, 0.2, 0.25, 0.05, 0.15, 0.4, 0.1}), 1e-3);

  private static PairSample sample(int pairs) {
    return Pairs.of(8, pairs, 3, Pairs.table(Games.random(1, 256, 7)[0]));
  }

  private static OddProcess fit(PairSample sample) {
    return Objects.requireNonNull(OddProcess.fit(sample, sample.spread(sample.pairs()), CHOICE));
  }

  private static PairSample without(PairSample sample, int... left) {
    int[] kept =
        IntStream.range(0, sample.pairs())
            .filter(j -> Arrays.stream(left).noneMatch(l -> l == j))
            .toArray();
    return new PairSample(
        8,
        Arrays.stream(kept).mapToObj(sample.halves()::get).toList(),
        Arrays.stream(kept).mapToDouble(j -> sample.weights()[j]).toArray(),
        new double[][] {Arrays.stream(kept).mapToDouble(j -> sample.odd()[0][j]).toArray()},
        new double[][] {Arrays.stream(kept).mapToDouble(j -> sample.even()[0][j]).toArray()},
        sample.delta(),
        sample.middle());
  }

  private static GaussianFit gaussian(PairSample sample) {
    int[] all = sample.spread(sample.pairs());
    PairKernel kernel = new PairKernel(CHOICE.weights());
    double[][] matrix = kernel.odd(sample.signs(all));
    kernel.addNugget(matrix, CHOICE.nugget());
    return Objects.requireNonNull(GaussianFit.of(matrix, new double[][] {sample.oddOf(0, all)}));
  }

  @Test
  void blockDeleted_equalsARefit() {
    PairSample sample = sample(40);
    int[] block = {3, 11, 12, 39};
    GaussianFit whole = gaussian(sample);

    double[] deleted = whole.alpha(whole.halvesWithout(block)[0]);

    double[] refitted = gaussian(without(sample, block)).alpha(0);
    for (int j = 0, at = 0; j < deleted.length; j++) {
      int column = j;
      boolean gone = Arrays.stream(block).anyMatch(b -> b == column);
      assertThat(deleted[j]).isEqualTo(gone ? 0 : refitted[at++], within(1e-8));
    }
  }

  @Test
  void unseenError_equalsARefitsPrediction() {
    PairSample sample = sample(30);
    double[] errors = fit(sample).unseenErrors()[0];
    for (int left : new int[] {0, 14, 29}) {
      PairSample others = without(sample, left);
      double[] covariance =
          new PairKernel(CHOICE.weights())
              .odd(sample.halves().get(left), others.signs(others.spread(29)));
      double predicted = Rows.dot(covariance, gaussian(others).alpha(0), 0, covariance.length);

      assertThat(errors[left]).isEqualTo(sample.odd()[0][left] - predicted, within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 127})
  void values_sumToDelta(int pairs) {
    PairSample sample = sample(pairs);

    assertThat(DoubleStream.of(fit(sample).values(0)).sum())
        .isEqualTo(sample.delta()[0], within(1e-6));
  }

  @Test
  void everyPair_tinyNugget_isTheShapleyValue() {
    double[] v = Games.random(1, 256, 7)[0];
    PairSample sample = sample(127);
    KernelSearch.Choice sharp = new KernelSearch.Choice(CHOICE.weights(), 1e-10);

    OddProcess process = Objects.requireNonNull(OddProcess.fit(sample, sample.spread(127), sharp));

    assertThat(process.values(0)).containsExactly(Games.bruteForce(v, 8), within(1e-4));
  }

  @Test
  void partlyFitted_predictsTheRest() {
    PairSample sample = sample(60);
    int[] chosen = sample.spread(40);

    OddProcess process = Objects.requireNonNull(OddProcess.fit(sample, chosen, CHOICE));

    assertThat(process.unseenErrors()[0]).hasSize(60);
    int rest = IntStream.range(0, 60).filter(j -> Arrays.binarySearch(chosen, j) < 0).toArray()[0];
    assertThat(process.unseenErrors()[0][rest]).isNotZero();
  }

  @Test
  void onlyEvenPart_zeros_butInteractions() {
    PairSample sample = Pairs.of(10, 200, 3, c -> c.has(2) == c.has(7) ? 1 : 0);

    PairEstimator.Estimate estimate =
        new PairEstimator(sample, 0, true, true, Pairs.stream(1)).estimate();

    assertThat(estimate.phi()[0]).containsExactly(new double[10], within(1e-9));
    assertThat(estimate.interactions()).isNotNull();
    int pair = 2 * (20 - 2 - 1) / 2 + 7 - 2 - 1;
    assertThat(Objects.requireNonNull(estimate.interactions()).sii()[0][pair])
        .isEqualTo(2, within(0.05));
  }

  @Test
  void beyondTheMost_fitsAPart_andCorrectsByAll() {
    UnanimitySum game = UnanimitySum.random(24, 40, 4, 9);
    PairSample sample = Pairs.of(24, 2_400, 5, Pairs.game(game, 24));

    PairEstimator.Estimate estimate =
        new PairEstimator(sample, 0, true, false, Pairs.stream(2)).estimate();

    assertThat(estimate.method()).isEqualTo("odd-gp");
    assertThat(Pairs.relativeSquaredError(estimate.phi()[0], game.shapley())).isLessThan(1e-3);
  }

  @Test
  void hugeProducts_kernelCannotFollow_regressionCorrects() {
    int n = 40;
    UnanimitySum game = UnanimitySum.random(n, 40, n, 3);
    PairSample sample = Pairs.of(n, 1_000, 5, Pairs.game(game, n));
    double[] plain =
        new LeverageRegression(sample, Jackknife.of(1_000, Pairs.stream(2)))
            .fit(sample.odd(), sample.delta())
            .phi()[0];

    double[] phi = new PairEstimator(sample, 0, true, false, Pairs.stream(2)).estimate().phi()[0];

    assertThat(Pairs.relativeSquaredError(phi, game.shapley()))
        .isLessThan(0.8 * Pairs.relativeSquaredError(plain, game.shapley()));
  }
}
