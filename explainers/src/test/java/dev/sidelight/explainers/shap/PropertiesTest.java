package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTest {

  private static final Offset<Double> EXACT = within(1e-9);
  private static final ShapSettings SAMPLED =
      Games.settings(ShapSettings.Mode.COALITION, Link.IDENTITY, false);

  /** Interactions of every order, nowhere symmetric. */
  private static double tangled(double[] row) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < row.length; i++) {
      sum += (i + 1) * row[i];
      product *= 1 + row[i] / (i + 2);
    }
    return Math.tanh(sum / row.length) + product;
  }

  private static ExplainRequest<ShapSettings> random(int n, int rows, long seed) {
    return Games.request(Games.random(1, n, seed + 1)[0], Games.random(rows, n, seed));
  }

  @Property(tries = 40)
  void auto_equalsBruteForce(
      @ForAll @IntRange(min = 1, max = 7) int n, @ForAll @IntRange(min = 1, max = 9) int rows) {
    double[][] background = Games.random(rows, n, 31L * n + rows);
    double[] x = Games.random(1, n, 17L * n + rows)[0];
    for (int i = 0; i < rows; i += 2) {
      background[i][i % n] = x[i % n]; // smaller sub-games
    }
    double[] weights = Games.random(1, rows, n)[0];
    ExplainRequest<ShapSettings> request =
        new ExplainRequest<>(
            Games.rows(x),
            Games.reference(background, weights),
            ShapSettings.defaults(),
            Budget.defaults(),
            1);

    Attribution answer = Games.explain(request, Games.model(PropertiesTest::tangled));

    assertThat(answer.exact()).isTrue();
    assertThat(answer.stopped()).isEqualTo(Stopped.EXACT);
    assertThat(answer.targeted().values())
        .containsExactly(Games.bruteForce(x, background, weights, PropertiesTest::tangled), EXACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "COALITION"})
  void efficiency_baselinePlusValuesIsThePrediction(ShapSettings.Mode mode) {
    ExplainRequest<ShapSettings> request =
        Games.with(random(9, 30, 3), Games.settings(mode, Link.IDENTITY, false));

    OutputAttribution answer =
        Games.explain(request, Games.model(PropertiesTest::tangled)).targeted();

    double sum = answer.baseline() + DoubleStream.of(answer.values()).sum();
    assertThat(sum).isCloseTo(answer.prediction(), within(1e-12));
    assertThat(answer.prediction())
        .isEqualTo(tangled(Games.numbers(request.row(), 0)), within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "COALITION"})
  void dummy_sameValueEverywhere_exactlyZeroWithoutUncertainty(ShapSettings.Mode mode) {
    double[][] background = Games.random(5, 20, 9);
    double[] x = Games.random(1, 20, 10)[0];
    for (double[] row : background) {
      row[4] = x[4];
    }
    ExplainRequest<ShapSettings> request =
        Games.with(Games.request(x, background), Games.settings(mode, Link.IDENTITY, false));

    OutputAttribution answer =
        Games.explain(request, Games.model(PropertiesTest::tangled)).targeted();

    assertThat(answer.values()[4]).isZero();
    assertThat(answer.intervals()[4]).isEqualTo(new Interval(0, 0));
  }

  @Test
  void dummy_ignoredByTheModel_exactlyZeroWhenEnumerated() {
    double[] phi =
        Games.values(
            Games.random(1, 6, 1)[0], Games.random(8, 6, 2), row -> row[0] * row[1] + row[5]);

    assertThat(phi[2]).isZero();
    assertThat(phi[3]).isZero();
  }

  @Test
  void symmetry_exchangeableFeaturesGetTheSame() {
    double[][] background = Games.random(8, 5, 2);
    for (double[] row : background) {
      row[3] = row[1];
    }

    double[] phi =
        Games.values(
            new double[] {1, 2, 3, 2, 5}, background, row -> row[0] * row[1] * row[3] + row[4]);

    assertThat(phi[1]).isEqualTo(phi[3], within(1e-12)).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 18})
  void linearity_holdsOutputByOutput(int n) {
    ExplainRequest<ShapSettings> request =
        Games.with(random(n, 3, 4), Games.settings(ShapSettings.Mode.AUTO, Link.IDENTITY, true));
    ToDoubleFunction<double[]> other = row -> row[0] * row[n - 1] - row[2];

    List<OutputAttribution> outputs =
        Games.explain(
                request,
                Games.models(
                    row ->
                        new double[] {
                          tangled(row),
                          other.applyAsDouble(row),
                          3 * tangled(row) - 2 * other.applyAsDouble(row)
                        }))
            .outputs();

    for (int i = 0; i < n; i++) {
      assertThat(outputs.get(2).values()[i])
          .isEqualTo(3 * outputs.get(0).values()[i] - 2 * outputs.get(1).values()[i], EXACT);
    }
  }

  @Test
  void equivariance_permutedFeaturesPermuteTheValues() {
    double[] x = Games.random(1, 5, 1)[0];
    double[][] background = Games.random(7, 5, 2);
    int[] to = {3, 0, 4, 1, 2};

    double[] phi = Games.values(x, background, PropertiesTest::tangled);
    double[] moved =
        Games.values(
            move(x, to),
            Arrays.stream(background).map(row -> move(row, to)).toArray(double[][]::new),
            row -> {
              double[] back = new double[5];
              Arrays.setAll(back, i -> row[to[i]]);
              return tangled(back);
            });

    assertThat(moved).containsExactly(move(phi, to), EXACT);
  }

  private static double[] move(double[] row, int[] to) {
    double[] moved = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      moved[to[i]] = row[i];
    }
    return moved;
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 18})
  void duplicatedRow_equalsWeightTwo(int n) {
    double[][] background = Games.random(3, n, 5);
    double[][] twice = {background[0], background[1], background[2], background[1]};
    double[] x = Games.random(1, n, 6)[0];

    OutputAttribution duplicated =
        Games.explain(Games.request(x, twice), Games.model(PropertiesTest::tangled)).targeted();
    OutputAttribution weighted =
        Games.explain(
                new ExplainRequest<>(
                    Games.rows(x),
                    Games.reference(background, new double[] {1, 2, 1}),
                    ShapSettings.defaults(),
                    Budget.defaults(),
                    42),
                Games.model(PropertiesTest::tangled))
            .targeted();

    assertThat(duplicated.values()).containsExactly(weighted.values(), EXACT);
    assertThat(duplicated.baseline()).isEqualTo(weighted.baseline(), EXACT);
  }

  @Test
  void group_equalsOneMergedColumn() {
    double[] x = Games.random(1, 5, 1)[0];
    double[][] background = Games.random(6, 5, 2);
    FeatureSchema plain = Games.schema(5);
    FeatureSchema grouped =
        new FeatureSchema(
            plain.features(),
            List.of(new FeatureGroup("pair", List.of(1, 3), false)),
            List.of(),
            Set.of());
    ReferenceSet reference = Games.reference(background);

    Attribution answer =
        Games.explain(
            new ExplainRequest<>(
                Games.rows(x),
                new ReferenceSet(
                    "g", grouped, reference.rows(), reference.weights(), reference.origin()),
                ShapSettings.defaults(),
                Budget.defaults(),
                1),
            Games.model(PropertiesTest::tangled));

    // The merged column holds a row number; the model looks the two values up.
    double[][] merged = new double[6][];
    for (int b = 0; b < 6; b++) {
      merged[b] = new double[] {background[b][0], b, background[b][2], background[b][4]};
    }
    double[] expected =
        Games.values(
            new double[] {x[0], -1, x[2], x[4]},
            merged,
            row -> {
              double[] from = row[1] < 0 ? x : background[(int) row[1]];
              return tangled(new double[] {row[0], from[1], row[2], from[3], row[3]});
            });
    assertThat(answer.players())
        .extracting(FeatureGroup::name)
        .containsExactly("f0", "pair", "f2", "f4");
    assertThat(answer.targeted().values()).containsExactly(expected, EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6, 8})
  void coalitionMode_allCoalitionsAffordable_isEnumeration(int n) {
    ExplainRequest<ShapSettings> request = random(n, 4, n);

    Attribution sampled =
        Games.explain(
            Games.with(
                Games.with(request, SAMPLED),
                new Budget(20_000, 16, Budget.defaults().deadline(), 1e-12)),
            Games.model(PropertiesTest::tangled));
    Attribution exact = Games.explain(request, Games.model(PropertiesTest::tangled));

    assertThat(sampled.exact()).isTrue();
    assertThat(sampled.targeted().values()).containsExactly(exact.targeted().values(), EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 200})
  void manyFeatures_noMaskCollides(int n) {
    double[] phi =
        Games.values(
            Games.random(1, n, 1)[0],
            Games.random(2, n, 2),
            row -> row[0] + 10 * row[64] - 3 * row[n - 1]);

    double[] x = Games.random(1, n, 1)[0];
    double[][] background = Games.random(2, n, 2);
    for (int i = 0; i < n; i++) {
      double slope = i == 0 ? 1 : i == n - 1 ? -3 : 0;
      slope += i == 64 ? 10 : 0;
      double linear = slope * (x[i] - (background[0][i] + background[1][i]) / 2);
      assertThat(phi[i]).isEqualTo(linear, EXACT);
    }
  }

  @Test
  void nan_equalsNan_andIsNoPlayer() {
    double[] x = {Double.NaN, 1};
    double[][] background = {{Double.longBitsToDouble(0x7ff8000000000123L), 0}, {Double.NaN, 2}};
    InMemorySession session =
        new InMemorySession(Games.model(row -> row[1] + (Double.isNaN(row[0]) ? 5 : 0)));

    OutputAttribution answer = Games.explain(Games.request(x, background), session).targeted();

    assertThat(answer.values()).containsExactly(0, 0);
    assertThat(answer.baseline()).isEqualTo(6, EXACT);
    assertThat(session.spent().rowsAsked()).isEqualTo(3);
  }

  @Test
  void sameSeed_sameBits_otherSeed_otherDesign() {
    ExplainRequest<ShapSettings> request = random(24, 5, 8);

    double[] once =
        Games.explain(request, Games.model(PropertiesTest::tangled)).targeted().values();
    double[] again =
        Games.explain(request, Games.model(PropertiesTest::tangled)).targeted().values();
    double[] other =
        Games.explain(
                new ExplainRequest<>(
                    request.row(), request.reference(), request.settings(), request.budget(), 43),
                Games.model(PropertiesTest::tangled))
            .targeted()
            .values();

    assertThat(again).containsExactly(once);
    assertThat(other).isNotEqualTo(once);
  }

  @Test
  void backgroundStdError_isTheSpreadOverRows() {
    double[][] background = {{1}, {2}, {6}};

    OutputAttribution answer =
        Games.explain(Games.request(new double[] {0}, background), Games.model(row -> row[0]))
            .targeted();

    double sd = Math.sqrt((Math.pow(-2, 2) + Math.pow(-1, 2) + Math.pow(3, 2)) / 2);
    assertThat(answer.values()).containsExactly(new double[] {-3}, EXACT);
    assertThat(answer.backgroundStdError())
        .containsExactly(new double[] {sd / Math.sqrt(3)}, EXACT);
  }

  @Test
  void together_onOneExplainer_equalsAlone() {
    ShapleyExplainer shared = new ShapleyExplainer();
    List<ExplainRequest<ShapSettings>> requests =
        IntStream.range(0, 12).mapToObj(i -> random(i % 2 == 0 ? 6 : 17, 4, 100 + i)).toList();
    List<double[]> alone =
        requests.stream()
            .map(r -> Games.explain(r, Games.model(PropertiesTest::tangled)).targeted().values())
            .toList();

    List<double[]> together =
        requests.parallelStream()
            .map(
                r ->
                    shared
                        .explain(
                            r,
                            new InMemorySession(Games.model(PropertiesTest::tangled)),
                            Progress.NONE)
                        .targeted()
                        .values())
            .toList();

    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).containsExactly(alone.get(i));
    }
  }
}
