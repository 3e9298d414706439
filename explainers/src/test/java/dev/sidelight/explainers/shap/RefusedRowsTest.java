package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRowsTest {

  private static double model(double[] row) {
    return row[0] * row[1] + Math.sqrt(1 + row[2]) * row[row.length - 1];
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16})
  void oneRefusedHybrid_itsBackgroundRowLeavesEveryCoalition(int n) {
    double[] x = Games.random(1, n, 1)[0];
    double[][] background = Games.random(20, n, 2);
    InMemorySession session = new InMemorySession(Games.model(RefusedRowsTest::model));
    // The one hybrid of row 7 with nothing of x but the last value.
    session.refuses =
        row -> row[n - 1] == x[n - 1] && Arrays.equals(row, 0, n - 1, background[7], 0, n - 1);

    Attribution answer = Games.explain(Games.request(x, background), session);

    double[][] without = new double[19][];
    System.arraycopy(background, 0, without, 0, 7);
    System.arraycopy(background, 8, without, 7, 12);
    Attribution expected =
        Games.explain(Games.request(x, without), Games.model(RefusedRowsTest::model));
    assertThat(answer.backgroundRowsDropped()).isEqualTo(1);
    assertThat(answer.backgroundRows()).isEqualTo(20);
    assertThat(answer.exact()).isFalse();
    assertThat(answer.targeted().baseline())
        .isEqualTo(expected.targeted().baseline(), within(1e-12));
    double tolerance = n == 5 ? 1e-9 : 0.05; // sampled: other rounds may have been taken
    assertThat(answer.targeted().values())
        .containsExactly(expected.targeted().values(), within(tolerance));
  }

  @Test
  void exactAnswer_withADroppedRow_doesNotSayExact() {
    double[][] background = Games.random(20, 3, 2);
    InMemorySession session = new InMemorySession(Games.model(row -> row[0]));
    session.refuses = row -> Arrays.equals(row, background[3]);

    Attribution answer = Games.explain(Games.request(new double[] {1, 2, 3}, background), session);

    assertThat(answer.method()).isEqualTo("exact");
    assertThat(answer.exact()).isFalse();
    assertThat(answer.stopped()).isEqualTo(Stopped.CONVERGED);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16})
  void moreThanATenth_isRefusedWithOneSample(int n) {
    double[][] background = Games.random(20, n, 2);
    InMemorySession session = new InMemorySession(Games.model(RefusedRowsTest::model));
    session.refuses =
        row -> Arrays.stream(background).limit(3).anyMatch(b -> Arrays.equals(row, b));

    assertThatThrownBy(
            () -> Games.explain(Games.request(Games.random(1, n, 1)[0], background), session))
        .hasMessageContaining("background row 2")
        .extracting("code")
        .isEqualTo("perturbations_refused");
  }

  @Test
  void theRowItself_failsTheExplanation() {
    double[] x = {1, 2, 3};
    InMemorySession session = new InMemorySession(Games.model(row -> row[0]));
    session.refuses = row -> Arrays.equals(row, x);

    assertThatThrownBy(() -> Games.explain(Games.request(x, Games.random(20, 3, 2)), session))
        .extracting("code")
        .isEqualTo("row_refused");
  }

  @Test
  void infiniteAnswer_isARefusalAndNoNumber() {
    double[][] background = Games.random(20, 3, 2);

    Attribution answer =
        Games.explain(
            Games.request(new double[] {1, 2, 3}, background),
            Games.model(row -> Arrays.equals(row, background[3]) ? Double.NaN : row[0]));

    assertThat(answer.backgroundRowsDropped()).isEqualTo(1);
    assertThat(answer.targeted().values()[0]).isFinite();
  }

  @Test
  void noisyModel_isNeverExact() {
    InMemorySession session = new InMemorySession(Games.model(row -> row[0]));
    session.deterministic = false;

    Attribution answer =
        Games.explain(Games.request(new double[] {1, 2}, Games.random(4, 2, 1)), session);

    assertThat(answer.exact()).isFalse();
    assertThat(answer.deterministic()).isFalse();
  }
}
