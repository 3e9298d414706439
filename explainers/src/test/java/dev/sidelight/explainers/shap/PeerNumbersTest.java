package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.ShapSettings;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values another implementation's users have pinned down. */
class PeerNumbersTest {

  private static final Offset<Double> CLOSE = within(1e-6);

  private static final double[][] BACKGROUND = {
    {1, 2, 3, -4, 5}, {10, 11, 12, -4, 13}, {2, 3, 4, -4, 6}
  };

  static java.util.stream.Stream<Arguments> cases() {
    return java.util.stream.Stream.of(
        Arguments.of(new double[] {5, 6, 7, -4, 8}, new double[] {2 / 3.0, 0, 2 / 3.0, 0, 0}),
        Arguments.of(
            new double[] {11, 12, 13, -5, 14}, new double[] {20 / 3.0, 0, 20 / 3.0, -1, 6}),
        Arguments.of(new double[] {0, 0, 1, 4, 2}, new double[] {-13 / 3.0, 0, -16 / 3.0, 8, -6}));
  }

  private static double withoutSecond(double[] row) {
    return Arrays.stream(row).sum() - row[1];
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumWithoutTheSecond(double[] x, double[] expected) {
    assertThat(Games.values(x, BACKGROUND, PeerNumbersTest::withoutSecond))
        .containsExactly(expected, CLOSE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoOutputs_scaleWithTheirFactor(double[] x, double[] expected) {
    ExplainRequest<ShapSettings> request =
        Games.with(
            Games.request(x, BACKGROUND),
            Games.settings(ShapSettings.Mode.AUTO, Link.IDENTITY, /* allOutputs= */ true));

    Attribution answer =
        Games.explain(
            request,
            Games.models(row -> new double[] {2 * withoutSecond(row), withoutSecond(row)}));

    assertThat(answer.outputs()).extracting(OutputAttribution::values).hasSize(2);
    assertThat(answer.outputs().get(1).values()).containsExactly(expected, CLOSE);
    assertThat(answer.outputs().get(0).values())
        .containsExactly(DoubleStream.of(expected).map(v -> 2 * v).toArray(), CLOSE);
  }
}
