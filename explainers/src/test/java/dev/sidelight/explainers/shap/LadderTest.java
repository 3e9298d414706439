package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interaction;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Masker;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {

  private static ShapSettings interactions(Mode mode, Link link) {
    return new ShapSettings(
        mode, link, Optional.empty(), OptionalInt.empty(), false, false, OptionalInt.empty(), true);
  }

  private static double smooth(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += (i % 4 - 1.5) * row[i];
    }
    return Math.tanh(sum / 3) + row[0] * row[1];
  }

  private static ExplainRequest<ShapSettings> request(int n, int rows, int rowsMax) {
    return Games.with(
        Games.request(Games.random(1, n, 1)[0], Games.random(rows, n, 2)), Games.rowsMax(rowsMax));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 20, 20000, exact",
    "20, 20, 821, odd-gp", // 20 pairs over 20 rows, those rows, and x
    "20, 20, 820, row",
    "20, 20, 61, row",
    "9, 20, 661, odd-gp",
    "9, 20, 660, row",
    "20, 1, 42, odd-gp",
    "8, 1, 32, odd-gp"
  })
  void rung_followsTheBudget(int n, int rows, int rowsMax, String method) {
    Attribution answer = Games.explain(request(n, rows, rowsMax), Games.model(LadderTest::smooth));

    assertThat(answer.method()).isEqualTo(method);
  }

  @Test
  void rowMode_takesNoLogitAndNoInteractions() {
    ExplainRequest<ShapSettings> request = request(20, 20, 999);

    assertThat(
            Games.explain(
                    Games.with(request, Games.settings(Mode.AUTO, Link.LOGIT, false)),
                    Games.model(row -> 0.5 + smooth(row) / 9))
                .method())
        .isEqualTo("odd-gp");
    for (ShapSettings refused :
        List.of(
            Games.settings(Mode.ROW, Link.LOGIT, false), interactions(Mode.ROW, Link.IDENTITY))) {
      assertThatThrownBy(
              () -> Games.explain(Games.with(request, refused), Games.model(LadderTest::smooth)))
          .extracting("code")
          .isEqualTo("parameter_range");
    }
  }

  @Test
  void linearOddPart_regressionWinsAndIsExact() {
    Attribution answer =
        Games.explain(
            Games.with(
                Games.with(Games.game(7), Games.settings(Mode.COALITION, Link.IDENTITY, false)),
                Games.rowsMax(100)),
            Games.model(row -> DoubleStream.of(row).sum() / 7 + row[2] * row[5]));

    double[] expected = new double[7];
    Arrays.fill(expected, 0.142857142857143);
    expected[2] = expected[5] = 0.642857142857143;
    assertThat(answer.method()).isEqualTo("leverage");
    assertThat(answer.targeted().values()).containsExactly(expected, within(1e-9));
    assertThat(answer.cost().rowsAsked()).isLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"IDENTITY", "LOGIT"})
  void interactions_exact_equalTheDefinition(Link link) {
    double[] x = {1, 1, 1, 0};
    double[][] background = {{0, 0, 0, 0}};

    Attribution answer =
        Games.explain(
            Games.with(Games.request(x, background), interactions(Mode.AUTO, link)),
            Games.model(row -> 0.1 + 0.5 * row[0] * row[1] + 0.2 * row[2]));

    List<Interaction> pairs = answer.targeted().interactions();
    assertThat(pairs).hasSize(3);
    assertThat(pairs.get(0).first()).isEqualTo("f0");
    assertThat(pairs.get(0).second()).isEqualTo("f1");
    if (link == Link.IDENTITY) {
      assertThat(pairs.get(0).value()).isEqualTo(0.5, within(1e-12));
      assertThat(pairs.get(1).value()).isEqualTo(0, within(1e-12));
      assertThat(answer.targeted().mainEffects())
          .containsExactly(new double[] {0, 0, 0.2, 0}, within(1e-12));
    }
  }

  @Test
  void interactions_sampled_closeToExact() {
    int n = 12;
    UnanimitySum game = UnanimitySum.random(n, 20, 3, 4);
    ExplainRequest<ShapSettings> request = Games.game(n);

    Attribution exact =
        Games.explain(
            Games.with(request, interactions(Mode.EXACT, Link.IDENTITY)), Games.model(game::value));
    Attribution sampled =
        Games.explain(
            Games.with(
                Games.with(request, interactions(Mode.COALITION, Link.IDENTITY)),
                new Budget(1_200, 16, Budget.defaults().deadline(), 1e-6)),
            Games.model(game::value));

    assertThat(sampled.method()).isEqualTo("odd-gp");
    assertThat(byName(sampled)).hasSize(66);
    assertThat(Pairs.relativeSquaredError(byName(sampled), byName(exact))).isLessThan(0.01);
    assertThat(sampled.targeted().interactions()).allMatch(i -> i.stdError() > 0);
  }

  private static double[] byName(Attribution answer) {
    return answer.targeted().interactions().stream()
        .sorted((a, b) -> (a.first() + a.second()).compareTo(b.first() + b.second()))
        .mapToDouble(Interaction::value)
        .toArray();
  }

  @Test
  void otherPlayers_otherMasker_sameLadder() {
    Masker segments = new Segments(30);
    Attribution answer =
        new ShapleyExplainer()
            .explain(
                Games.with(Games.game(1), Games.rowsMax(2_000)),
                segments,
                new InMemorySession(Games.model(LadderTest::smooth)),
                Progress.NONE);

    assertThat(answer.players()).hasSize(30);
    assertThat(answer.method()).isEqualTo("odd-gp");
    assertThat(answer.backgroundRows()).isEqualTo(1);
    assertThat(answer.targeted().values()[3]).isZero(); // the masked segment looks the same
    assertThat(answer.targeted().values()[7]).isPositive();
  }

  /** Segments that are 1 in x and 0 where masked, but for number 3, which is 0 in both. */
  private record Segments(int count) implements Masker {
    @Override
    public List<FeatureGroup> players() {
      return IntStream.range(0, count)
          .mapToObj(i -> new FeatureGroup("s" + i, List.of(i), false))
          .toList();
    }

    @Override
    public int backgroundRows() {
      return 1;
    }

    @Override
    public double[] weights() {
      return new double[] {1};
    }

    @Override
    public int[] codes(int player) {
      return new int[] {player == 3 ? 0 : 1};
    }

    @Override
    public Instances rows(Hybrids hybrids) {
      double[][] rows = new double[hybrids.size()][count];
      for (int r = 0; r < rows.length; r++) {
        for (int i = 0; i < count; i++) {
          rows[r][i] = i != 3 && hybrids.isFromX(r, i) ? 1 : 0;
        }
      }
      return Games.rows(rows);
    }

    @Override
    public long rowBytes() {
      return 8L * count;
    }
  }

  @Test
  void pool_givesTheSameBits() {
    ExplainRequest<ShapSettings> request = request(24, 10, 4_000);
    double[] here = Games.explain(request, Games.model(LadderTest::smooth)).targeted().values();

    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      double[] there =
          new ShapleyExplainer(pool)
              .explain(request, new InMemorySession(Games.model(LadderTest::smooth)), Progress.NONE)
              .targeted()
              .values();
      assertThat(there).containsExactly(here);
    }
  }

  @ParameterizedTest
  @CsvSource({"COALITION, 24, 10, 9000", "ROW, 24, 40, 9000"})
  void cutByTheDeadline_theSpentRowsRepeatIt(Mode mode, int n, int rows, int rowsMax) {
    ExplainRequest<ShapSettings> request =
        Games.with(
            Games.with(request(n, rows, rowsMax), Games.settings(mode, Link.IDENTITY, false)),
            new Budget(rowsMax, 16, Budget.defaults().deadline(), 1e-9));
    InMemorySession late = new InMemorySession(Games.model(LadderTest::smooth));
    late.expiredAfter = trips -> trips >= 2;
    Attribution cut = Games.explain(request, late);
    assertThat(cut.stopped()).isEqualTo(Stopped.DEADLINE);

    int spent = (int) cut.cost().rowsAsked();
    Attribution again =
        Games.explain(
            Games.with(request, new Budget(spent, 16, Budget.defaults().deadline(), 1e-9)),
            Games.model(LadderTest::smooth));

    assertThat(again.targeted().values()).containsExactly(cut.targeted().values());
    assertThat(again.targeted().stdErrors()).containsExactly(cut.targeted().stdErrors());
  }
}
