package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explanation;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked, what that may cost, and what comes back when it ends early. */
class BudgetTest {

  private static double rough(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += Math.sin(3 * row[i] + i) * (1 + row[(i + 1) % row.length]) * row[(i + 5) % row.length];
    }
    return sum;
  }

  private static ExplainRequest<ShapSettings> large(int n, int rows, int rowsMax) {
    return Games.with(
        Games.request(Games.random(1, n, 1)[0], Games.random(rows, n, 2)),
        new Budget(rowsMax, 16, Duration.ofSeconds(20), 1e-6));
  }

  private static InMemorySession session() {
    return new InMemorySession(Games.model(BudgetTest::rough));
  }

  @Test
  void exact_asksEachDistinctHybridOnceInOneRoundTrip() {
    double[][] background = {{0, 0, 0}, {0, 0, 1}, {1, 0, 1}};
    InMemorySession session = new InMemorySession(Games.model(BudgetTest::rough));

    Attribution answer = Games.explain(Games.request(new double[] {1, 1, 1}, background), session);

    // 8 hybrids of the first row; those of the others are among them.
    assertThat(answer.cost().rowsAsked()).isEqualTo(8);
    assertThat(session.spent().rowsLogical()).isEqualTo(8);
    assertThat(answer.cost().rowsLogical()).isEqualTo(8 + 4 + 2);
    assertThat(answer.cost().roundTrips()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 3"})
  void fewestPlayers_onlyTheEnds(int players, long rows) {
    double[][] background = {{players, 7}, {2 * players, 7}};

    InMemorySession session = session();
    Attribution answer = Games.explain(Games.request(new double[] {0, 7}, background), session);

    assertThat(answer.exact()).isTrue();
    assertThat(session.distinctRows()).isEqualTo(rows);
    assertThat(DoubleStream.of(answer.targeted().values()).sum())
        .isEqualTo(answer.targeted().prediction() - answer.targeted().baseline(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"20, 10, 3000", "20, 100, 9000", "12, 100, 20000", "30, 1, 150", "40, 2, 20000"})
  void rowsMax_isNeverExceeded_andIsSaid(int n, int rows, int rowsMax) {
    InMemorySession session = session();

    Attribution answer = Games.explain(large(n, rows, rowsMax), session);

    assertThat(session.distinctRows()).isBetween((long) (rowsMax * 0.9), (long) rowsMax);
    assertThat(session.spent().rowsLogical()).isEqualTo(session.distinctRows());
    assertThat(answer.stopped()).isEqualTo(Stopped.ROWS);
    assertThat(answer.method()).isEqualTo("odd-gp");
  }

  @ParameterizedTest
  @CsvSource({"20, 50", "30, 1", "30, 20", "5, 200"})
  void tooSmall_namesTheLeastThatWorks(int n, int rows) {
    ExplainRequest<ShapSettings> tight =
        Games.with(
            large(n, rows, 30), Games.settings(ShapSettings.Mode.COALITION, Link.IDENTITY, false));

    String message = "";
    try {
      Games.explain(tight, session());
    } catch (ExplainException refused) {
      assertThat(refused.code()).isEqualTo("budget_too_small");
      message = refused.getMessage();
    }

    Matcher least = Pattern.compile("at least (\\d+) rows").matcher(message);
    assertThat(least.find()).as(message).isTrue();
    int needed = Integer.parseInt(least.group(1));
    Budget enough = new Budget(needed, 16, Duration.ofSeconds(20), 1e-6);
    Budget lacking = new Budget(needed - 1, 16, Duration.ofSeconds(20), 1e-6);
    assertThat(Games.explain(Games.with(tight, enough), session()).stopped())
        .isIn(Stopped.ROWS, Stopped.EXACT, Stopped.CONVERGED);
    assertThatThrownBy(() -> Games.explain(Games.with(tight, lacking), session()))
        .isInstanceOf(ExplainException.class);
  }

  @Test
  void rounds_areOffered_andErrorsShrink() {
    List<Attribution> offered = new ArrayList<>();

    Attribution last =
        new ShapleyExplainer()
            .explain(
                large(20, 5, 20_000),
                session(),
                (partial, round, spent) -> {
                  assertThat(round).isEqualTo(offered.size() + 1);
                  assertThat(spent.roundTrips()).isEqualTo(round);
                  offered.add(asAttribution(partial));
                });

    assertThat(offered).hasSizeGreaterThanOrEqualTo(4);
    assertThat(worst(last)).isLessThan(worst(offered.get(0)) / 2);
    for (Attribution partial : offered) {
      assertThat(partial.targeted().baseline() + DoubleStream.of(partial.targeted().values()).sum())
          .isEqualTo(partial.targeted().prediction(), within(1e-9));
    }
  }

  private static Attribution asAttribution(Explanation explanation) {
    return (Attribution) explanation;
  }

  private static double worst(Attribution attribution) {
    return Arrays.stream(attribution.targeted().stdErrors()).max().orElse(0);
  }

  @Test
  void deadlineAfterARound_bestSoFarWithIntervals() {
    InMemorySession session = session();
    session.expiredAfter = roundTrips -> roundTrips >= 2;

    Attribution answer = Games.explain(large(20, 5, 20_000), session);

    assertThat(answer.stopped()).isEqualTo(Stopped.DEADLINE);
    assertThat(answer.cost().roundTrips()).isEqualTo(2);
    assertThat(answer.targeted().intervals()).noneMatch(i -> i.equals(new Interval(0, 0)));
  }

  @Test
  void roundTripsMax_endsThere() {
    ExplainRequest<ShapSettings> request = large(20, 5, 20_000);

    Attribution answer =
        Games.explain(
            Games.with(request, new Budget(20_000, 2, Duration.ofSeconds(20), 1e-6)), session());

    assertThat(answer.stopped()).isEqualTo(Stopped.ROUND_TRIPS);
    assertThat(answer.cost().roundTrips()).isEqualTo(2);
  }

  @Test
  void deadlineBeforeTheFirstRow_isTooSmallABudget() {
    InMemorySession session = session();
    session.expiredAfter = _ -> true;

    assertThatThrownBy(() -> Games.explain(large(20, 5, 20_000), session))
        .extracting("code", "pointer")
        .containsExactly("budget_too_small", "/parameters/budget/deadline");
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, false, DEADLINE", "CANCELLED, true, CANCELLED",
    "UNREACHABLE, false, BACKEND", "TIMEOUT, false, BACKEND"
  })
  void backendFailsLater_bestSoFar(
      PredictorException.Kind kind, boolean cancelled, Stopped expected) {
    InMemorySession[] session = new InMemorySession[1];
    int[] calls = new int[1];
    Predictor model = Games.model(BudgetTest::rough);
    session[0] =
        new InMemorySession(
            rows -> {
              if (calls[0]++ == 1) {
                session[0].cancelled = cancelled;
                throw new PredictorException(kind, "gone");
              }
              return model.predict(rows);
            });

    Attribution answer = Games.explain(large(20, 5, 20_000), session[0]);

    assertThat(answer.stopped()).isEqualTo(expected);
  }

  @Test
  void backendFailsFirst_itsOwnFailure() {
    Predictor down =
        _ -> {
          throw new PredictorException(PredictorException.Kind.UNREACHABLE, "refused");
        };

    assertThatThrownBy(() -> Games.explain(large(20, 5, 20_000), new InMemorySession(down)))
        .isInstanceOf(PredictorException.class);
  }

  @Test
  void exactByName_mayUseTheWholeBudget_andNamesWhatItLacks() {
    ShapSettings exact = Games.settings(ShapSettings.Mode.EXACT, Link.IDENTITY, false);

    Attribution answer = Games.explain(Games.with(large(15, 1, 40_000), exact), session());

    assertThat(answer.exact()).isTrue();
    assertThat(answer.cost().rowsAsked()).isEqualTo(1 << 15);
    assertThatThrownBy(() -> Games.explain(Games.with(large(15, 1, 30_000), exact), session()))
        .hasMessageContaining("32768")
        .extracting("code")
        .isEqualTo("budget_too_small");
  }

  @Test
  void largeRows_areSentInPiecesAsOneRoundTrip() {
    int width = 40_000; // 480 kB a row with its index: some hundred rows to 64 MB
    double[] x = new double[width];
    double[][] background = new double[1][width];
    for (int i = 0; i < 8; i++) {
      x[i] = 1;
    }
    InMemorySession session = new InMemorySession(BudgetTest::firstColumn);

    Attribution answer = Games.explain(Games.request(x, background), session);

    assertThat(session.asked).hasSizeGreaterThan(1);
    assertThat(session.asked).allMatch(piece -> piece.rows() <= 140);
    assertThat(answer.cost().roundTrips()).isEqualTo(1);
    assertThat(answer.targeted().values()[0]).isEqualTo(1, within(1e-12));
  }

  private static Instances firstColumn(Instances rows) {
    double[][] firsts = new double[rows.rows()][1];
    for (int row = 0; row < firsts.length; row++) {
      firsts[row][0] = rows.tensors().get(0).tensor().number(row, 0);
    }
    return Games.rows(firsts);
  }
}
