package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Games whose Shapley values are known on paper. */
class ClosedFormsTest {

  private static final Offset<Double> EXACT = within(1e-9);

  private static double[] third(double a, double b, double c) {
    return new double[] {a, b, c};
  }

  private static boolean in(double[] row, int... members) {
    return Arrays.stream(members).allMatch(i -> row[i] == 1);
  }

  @Test
  void linear_weightTimesDistanceFromTheMean() {
    double[] x = {3, -1, 2};
    double[][] background = {{1, 0, 2}, {5, 1, 0}};
    double[] w = {2, -3, 0.5};

    double[] phi =
        Games.values(x, background, row -> w[0] * row[0] + w[1] * row[1] + w[2] * row[2] + 7);

    assertThat(phi).containsExactly(third(2 * (3 - 3), -3 * (-1 - 0.5), 0.5 * (2 - 1)), EXACT);
  }

  @Test
  void additive_eachFunctionAlone() {
    double[] x = {0.3, 2};
    double[][] background = Games.random(40, 2, 7);

    double[] phi = Games.values(x, background, row -> Math.sin(row[0]) + row[1] * row[1]);

    double sine = Arrays.stream(background).mapToDouble(b -> Math.sin(b[0])).average().orElse(0);
    double square = Arrays.stream(background).mapToDouble(b -> b[1] * b[1]).average().orElse(0);
    assertThat(phi).containsExactly(new double[] {Math.sin(0.3) - sine, 4 - square}, EXACT);
  }

  @Test
  void product_oneBaseline() {
    double[] phi =
        Games.values(new double[] {5, 7}, new double[][] {{2, 3}}, row -> row[0] * row[1]);

    assertThat(phi)
        .containsExactly(new double[] {(5 - 2) * (7 + 3) / 2.0, (7 - 3) * (5 + 2) / 2.0}, EXACT);
  }

  @Test
  void unanimity_sharedByItsMembers() {
    double[] phi = Games.solve(6, row -> in(row, 0, 2, 5) ? 1 : 0);

    assertThat(phi).containsExactly(new double[] {1 / 3.0, 0, 1 / 3.0, 0, 0, 1 / 3.0}, EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9, 14})
  void or_sharedByAll(int n) {
    double[] phi = Games.solve(n, row -> Arrays.stream(row).sum() > 0 ? 1 : 0);

    assertThat(phi)
        .containsExactly(IntStream.range(0, n).mapToDouble(_ -> 1.0 / n).toArray(), EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11})
  void oddMajority_sharedByAll(int n) {
    double[] phi = Games.solve(n, row -> 2 * Arrays.stream(row).sum() > n ? 1 : 0);

    assertThat(phi)
        .containsExactly(IntStream.range(0, n).mapToDouble(_ -> 1.0 / n).toArray(), EXACT);
  }

  @Test
  void glove_oneLeftTwoRight() {
    double[] phi = Games.solve(3, row -> Math.min(row[0], row[1] + row[2]));

    assertThat(phi).containsExactly(third(2 / 3.0, 1 / 6.0, 1 / 6.0), EXACT);
  }

  @Test
  void airport_costOfTheLongestRunway() {
    double[] phi = Games.solve(3, row -> Math.max(row[0], Math.max(2 * row[1], 3 * row[2])));

    assertThat(phi).containsExactly(third(1 / 3.0, 5 / 6.0, 11 / 6.0), EXACT);
  }

  @Test
  void voting_fiftyOneOfHundred() {
    double[] phi = Games.solve(3, row -> 50 * row[0] + 49 * row[1] + row[2] >= 51 ? 1 : 0);

    assertThat(phi).containsExactly(third(2 / 3.0, 1 / 6.0, 1 / 6.0), EXACT);
  }

  @Test
  void sizePlusOnePair_linearOddPartIsExactFromHundredCoalitions() {
    InMemorySession session =
        new InMemorySession(
            Games.model(row -> Arrays.stream(row).sum() / 7 + (in(row, 1, 4) ? 1 : 0)));

    Attribution answer = Games.explain(Games.with(Games.game(7), Games.rowsMax(100)), session);

    double share = 1 / 7.0;
    double more = share + 0.5;
    assertThat(answer.method()).isEqualTo("leverage");
    assertThat(answer.exact()).isFalse();
    assertThat(answer.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(session.distinctRows()).isLessThanOrEqualTo(100);
    assertThat(answer.targeted().values())
        .containsExactly(new double[] {share, more, share, share, more, share, share}, EXACT);
  }

  @Test
  void randomUnanimitySums_coefficientsOverSizes() {
    Random random = new Random(5);
    for (int trial = 0; trial < 50; trial++) {
      int n = 8 + random.nextInt(6);
      UnanimitySum game = UnanimitySum.random(n, 20, n, trial);

      double[] phi = Games.solve(n, game::value);

      assertThat(phi).containsExactly(game.shapley(), EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 30})
  void randomUnanimitySums_sampled_closeToTheClosedForm(int n) {
    UnanimitySum game = UnanimitySum.random(n, 20, 4, n);

    Attribution answer = Games.explain(Games.game(n), Games.model(game::value));

    double error = 0;
    double norm = 0;
    double[] exact = game.shapley();
    for (int i = 0; i < n; i++) {
      error += Math.pow(answer.targeted().values()[i] - exact[i], 2);
      norm += exact[i] * exact[i];
    }
    assertThat(answer.method()).isEqualTo("odd-gp");
    assertThat(error / norm).isLessThan(2e-3); // it stops at errors of 1 % of the range
  }
}
