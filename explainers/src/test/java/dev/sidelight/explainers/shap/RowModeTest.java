package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowModeTest {

  private static final ShapSettings ROW = Games.settings(Mode.ROW, Link.IDENTITY, false);

  private static double curved(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += Math.sin(2 * row[i] + i) + row[i] * row[(i + 1) % row.length];
    }
    return sum;
  }

  private static ExplainRequest<ShapSettings> request(int n, int rows, int rowsMax, long seed) {
    ExplainRequest<ShapSettings> plain =
        Games.request(Games.random(1, n, 1)[0], Games.random(rows, n, 2));
    return new ExplainRequest<>(
        plain.row(),
        plain.reference(),
        ROW,
        new Budget(rowsMax, 16, Budget.defaults().deadline(), 1e-6),
        seed);
  }

  private static double[] exact(int n, int rows) {
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    return Games.bruteForce(
        Games.random(1, n, 1)[0], Games.random(rows, n, 2), weights, RowModeTest::curved);
  }

  @ParameterizedTest
  @CsvSource({"8, 40, 200", "8, 40, 1000", "40, 100, 3000"})
  void budget_isKept_andSumsAreRight(int n, int rows, int rowsMax) {
    InMemorySession session = new InMemorySession(Games.model(RowModeTest::curved));

    Attribution answer = Games.explain(request(n, rows, rowsMax, 1), session);

    assertThat(answer.method()).isEqualTo("row");
    assertThat(answer.stopped()).isEqualTo(Stopped.ROWS);
    assertThat(session.distinctRows()).isBetween(rowsMax - 2L, (long) rowsMax);
    assertThat(answer.targeted().baseline() + DoubleStream.of(answer.targeted().values()).sum())
        .isEqualTo(answer.targeted().prediction(), within(1e-9));
  }

  @Test
  void additiveModel_isNearlyExactAtOnce() {
    ExplainRequest<ShapSettings> request = request(10, 60, 300, 1);

    Attribution answer =
        Games.explain(request, Games.model(row -> 3 * row[0] - row[4] + 2 * row[9]));

    double[] x = Games.random(1, 10, 1)[0];
    double mean = Arrays.stream(Games.random(60, 10, 2)).mapToDouble(b -> b[0]).average().orElse(0);
    assertThat(answer.targeted().values()[0]).isEqualTo(3 * (x[0] - mean), within(1e-3));
    assertThat(answer.targeted().values()[1]).isEqualTo(0, within(1e-3));
  }

  @Test
  void meanOverSeeds_isTheTruth_whateverTheSurrogate() {
    int n = 6;
    double[] truth = exact(n, 30);
    double[] sum = new double[n];
    double[] squares = new double[n];
    int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
      double[] phi = withWrongSurrogate(request(n, 30, 160, seed));
      for (int i = 0; i < n; i++) {
        sum[i] += phi[i];
        squares[i] += phi[i] * phi[i];
      }
    }
    for (int i = 0; i < n; i++) {
      double mean = sum[i] / seeds;
      double se = Math.sqrt((squares[i] / seeds - mean * mean) / seeds);
      assertThat(mean).isEqualTo(truth[i], within(3 * se));
    }
  }

  /** g is linear, of made-up slopes, and explains itself rightly. */
  private static double[] withWrongSurrogate(ExplainRequest<ShapSettings> request) {
    TabularMasker masker = new TabularMasker(request.row(), request.reference());
    Game game =
        new Game(
            masker,
            new InMemorySession(Games.model(RowModeTest::curved)),
            new OutputSelector(request.settings(), java.util.List.of()),
            new LinkScale(Link.IDENTITY));
    Surrogate wrong =
        new Surrogate() {
          @Override
          public double value(int group, Coalition coalition, int output) {
            double value = 0;
            for (int i = 0; i < coalition.players(); i++) {
              value += coalition.has(i) ? shapley(group, output)[i] : 0;
            }
            return value;
          }

          @Override
          public double[] shapley(int group, int output) {
            double[] phi = new double[game.players()];
            Arrays.setAll(phi, i -> (i - 2) * 0.7 + (group % 3) * 0.4);
            return phi;
          }
        };
    Rounds rounds = new Rounds(game, request.budget(), new StoppingRule(1e-6, OptionalInt.empty()));
    return new RowMode(game, masker, rounds, request.seed(), new Arithmetic(Runnable::run), wrong)
        .solve((_, _) -> {})
        .outputs()[0]
        .phi();
  }

  @Test
  void intervals_coverTheTruth() {
    int n = 8;
    double[] truth = exact(n, 50);
    int covered = 0;
    int all = 0;
    for (int seed = 0; seed < 40; seed++) {
      Interval[] intervals =
          Games.explain(request(n, 50, 600, seed), Games.model(RowModeTest::curved))
              .targeted()
              .intervals();
      for (int i = 0; i < n; i++, all++) {
        covered += intervals[i].low() <= truth[i] && truth[i] <= intervals[i].high() ? 1 : 0;
      }
    }
    assertThat((double) covered / all).isBetween(0.90, 1.0);
  }

  @Test
  void tooFewRows_namesTheLeast() {
    assertThatThrownBy(
            () -> Games.explain(request(10, 60, 70, 1), Games.model(RowModeTest::curved)))
        .isInstanceOf(ExplainException.class)
        .hasMessageContaining("at least 101 rows");
  }

  @Test
  void constantGame_zerosAndConverged() {
    Attribution answer = Games.explain(request(10, 60, 400, 1), Games.model(_ -> 0.25));

    assertThat(answer.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(answer.targeted().values()).containsOnly(0);
  }

  @Test
  void refusedHybrids_takeTheirBackgroundRowOut() {
    InMemorySession session = new InMemorySession(Games.model(RowModeTest::curved));
    double[] bad = Games.random(60, 10, 2)[17];
    session.refuses = row -> row[3] == bad[3];

    Attribution answer = Games.explain(request(10, 60, 500, 1), session);

    assertThat(answer.backgroundRowsDropped()).isEqualTo(1);
  }

  @Test
  void groupsAreDrawnByWeight_sizesEvenly() {
    RowDesign design = new RowDesign(5, new int[] {2, 7}, new double[] {3, 1}, 4, 9);
    int[] byGroup = new int[8];
    int[] bySize = new int[6];
    for (int j = 0; j < 400; j++) {
      RowDesign.Draw draw = design.draw(j);
      byGroup[draw.group()]++;
      bySize[draw.half().size()]++;
    }

    assertThat(byGroup).containsExactly(0, 0, 300, 0, 0, 0, 0, 100);
    assertThat(bySize).containsExactly(0, 100, 100, 100, 100, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "3, 1", "2, 2", "4, 3", "3, 0", "0, 2"})
  void leafRule_equalsEnumeration(int fromX, int fromBackground) {
    int n = fromX + fromBackground + 1;
    int[] f = java.util.stream.IntStream.range(0, fromX).toArray();
    int[] g = java.util.stream.IntStream.range(fromX, fromX + fromBackground).toArray();
    double[] v = new double[1 << n];
    for (int mask = 0; mask < v.length; mask++) {
      int inX = mask & ((1 << fromX) - 1);
      int inBackground = mask >> fromX & ((1 << fromBackground) - 1);
      v[mask] = inX == (1 << fromX) - 1 && inBackground == 0 ? 2.5 : 0;
    }
    double[] phi = new double[n];

    LeafRule.add(2.5, f, g, phi);

    assertThat(phi).containsExactly(Games.bruteForce(v, n), within(1e-12));
  }

  @Test
  void leafRule_knownNumbers() {
    double[] three = new double[3];
    double[] four = new double[4];

    LeafRule.add(1, new int[] {0, 1}, new int[] {2}, three);
    LeafRule.add(1, new int[] {0}, new int[] {1, 2, 3}, four);

    assertThat(three).containsExactly(new double[] {1 / 6.0, 1 / 6.0, -1 / 3.0}, within(1e-15));
    assertThat(four)
        .containsExactly(new double[] {0.25, -1 / 12.0, -1 / 12.0, -1 / 12.0}, within(1e-15));
  }
}
