package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinksTest {

  private static double score(double[] row) {
    return row[0] - 2 * row[1] * row[2] + 0.5 * row[row.length - 1];
  }

  private static double sigmoid(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  private static ExplainRequest<ShapSettings> request(int n, ShapSettings.Mode mode, Link link) {
    return Games.with(
        Games.request(Games.random(1, n, 5)[0], Games.random(6, n, 6)),
        Games.settings(mode, link, false));
  }

  @Test
  void margin_isTheGameOfTheScores() {
    ExplainRequest<ShapSettings> request = request(4, ShapSettings.Mode.AUTO, Link.MARGIN);

    double[] phi =
        Games.explain(request, Games.model(row -> sigmoid(score(row)))).targeted().values();

    double[] scores =
        Games.values(Games.random(1, 4, 5)[0], Games.random(6, 4, 6), LinksTest::score);
    assertThat(phi).containsExactly(scores, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(
      value = ShapSettings.Mode.class,
      names = {"EXACT", "COALITION"})
  void logit_isTheLogitOfEveryCoalitionsMean(ShapSettings.Mode mode) {
    double[] x = Games.random(1, 4, 5)[0];
    double[][] background = Games.random(6, 4, 6);

    Attribution answer =
        Games.explain(request(4, mode, Link.LOGIT), Games.model(row -> sigmoid(score(row))));

    double[] v = new double[16];
    for (int mask = 0; mask < 16; mask++) {
      int s = mask;
      double mean =
          Arrays.stream(background)
              .mapToDouble(
                  b -> {
                    double[] hybrid = b.clone();
                    for (int i = 0; i < 4; i++) {
                      hybrid[i] = (s >> i & 1) != 0 ? x[i] : b[i];
                    }
                    return sigmoid(score(hybrid));
                  })
              .average()
              .orElse(0);
      v[mask] = logit(mean);
    }
    assertThat(answer.exact()).isTrue();
    assertThat(answer.targeted().values()).containsExactly(Games.bruteForce(v, 4), within(1e-9));
    assertThat(answer.targeted().baseline()).isEqualTo(v[0], within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"MARGIN, 5", "LOGIT, 5", "MARGIN, 20", "LOGIT, 20"})
  void certainProbabilities_stayFiniteAndAreCounted(Link link, int n) {
    Attribution answer =
        Games.explain(
            request(n, ShapSettings.Mode.AUTO, link), Games.model(row -> row[0] > 0.5 ? 1 : 0));

    assertThat(answer.clipped()).isPositive();
    assertThat(DoubleStream.of(answer.targeted().values()).allMatch(Double::isFinite)).isTrue();
    assertThat(DoubleStream.of(answer.targeted().stdErrors()).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  void identity_clipsNothing() {
    Attribution answer =
        Games.explain(
            request(4, ShapSettings.Mode.AUTO, Link.IDENTITY), Games.model(row -> 7 * row[0]));

    assertThat(answer.clipped()).isZero();
  }

  @Test
  void logit_ofSomethingThatIsNoProbability_isRefused() {
    assertThatThrownBy(
            () ->
                Games.explain(
                    request(4, ShapSettings.Mode.AUTO, Link.MARGIN),
                    Games.model(row -> 7 + row[0])))
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/link");
  }

  @Test
  void logit_beyondSixteenPlayers_exactIsRefusedByName() {
    assertThatThrownBy(
            () ->
                Games.explain(
                    request(17, ShapSettings.Mode.EXACT, Link.LOGIT), Games.model(_ -> 0.5)))
        .hasMessageContaining("up to 16 players")
        .extracting("code")
        .isEqualTo("parameter_range");
  }
}
