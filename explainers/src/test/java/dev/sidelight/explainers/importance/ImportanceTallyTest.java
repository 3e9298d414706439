package dev.sidelight.explainers.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.ModelSession;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.importance.ImportanceTally.Part;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Importance of models whose Shapley values are known beforehand, and what never may matter. */
class ImportanceTallyTest {

  private final ImportanceTally tally = new ImportanceTally();

  private static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(f -> "f" + f).toList();
  }

  private static Importance.Place place(String request) {
    return new Importance.Place(request, 0);
  }

  private static Importance.Feature named(Importance importance, String name) {
    return importance.features().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Linear: phi_f = w_f (x_f - mean b_f), so mean |phi_f| = |w_f| mean |x_f - mean b_f|. */
  @Property(tries = 15)
  void importance_linearModel_closedForm(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int width) {
    Random random = new Random(seed);
    double[] weights = random.doubles(width, -2, 2).toArray();
    double[][] background = uniform(random, 7, width);
    double[][] xs = uniform(random, 9, width);
    ImportanceTally explained = new ImportanceTally();

    for (int i = 0; i < xs.length; i++) {
      explained.add(place("req-" + i), parts(explain(xs[i], background, weights)));
    }

    for (int f = 0; f < width; f++) {
      int column = f;
      double center = Arrays.stream(background).mapToDouble(b -> b[column]).average().orElseThrow();
      double[] phi =
          Arrays.stream(xs).mapToDouble(x -> weights[column] * (x[column] - center)).toArray();
      Importance.Feature feature = named(explained.importance(), "f" + f);
      assertThat(feature.meanAbsolute())
          .isCloseTo(Arrays.stream(phi).map(Math::abs).average().orElseThrow(), within(1e-9));
      assertThat(feature.mean())
          .isCloseTo(Arrays.stream(phi).average().orElseThrow(), within(1e-9));
      assertThat(feature.points()).hasSize(xs.length);
      assertThat(feature.points().get(3).attribution()).isCloseTo(phi[3], within(1e-9));
    }
  }

  private static List<Part> parts(Attribution attribution) {
    double[] values = attribution.targeted().values();
    double[] errors = attribution.targeted().stdErrors();
    return IntStream.range(0, values.length)
        .mapToObj(f -> new Part(attribution.players().get(f).name(), values[f], errors[f]))
        .toList();
  }

  private static double[][] uniform(Random random, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private static Attribution explain(double[] x, double[][] background, double[] weights) {
    Predictor model =
        batch -> {
          Tensor in = batch.tensors().get(0).tensor();
          double[] out = new double[batch.rows()];
          for (int r = 0; r < out.length; r++) {
            for (int c = 0; c < weights.length; c++) {
              out[r] += weights[c] * in.number(r, c);
            }
          }
          return Instances.of("y", new DoubleTensor(DataType.FP64, List.of(out.length, 1), out));
        };
    FeatureSchema schema =
        FeatureSchema.of(names(x.length).stream().map(Feature::numeric).toList());
    double[] ones = new double[background.length];
    Arrays.fill(ones, 1);
    ReferenceSet reference = new ReferenceSet("sha256:test", schema, rows(background), ones, "log");
    return new ShapleyExplainer()
        .explain(
            new ExplainRequest<>(
                rows(x), reference, ShapSettings.defaults(), Budget.defaults(), 42),
            new ModelSession(model),
            Progress.NONE);
  }

  private static Instances rows(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Instances.of(
        "x", new DoubleTensor(DataType.FP64, List.of(rows.length, rows[0].length), flat));
  }

  @Test
  void importance_handPicked_figures() {
    tally.add(place("b"), List.of(new Part("low", .01, .05), new Part("high", -3, .3)));
    tally.add(place("a"), List.of(new Part("low", .01, .03), new Part("high", 1, .1)));

    Importance importance = tally.importance();

    assertThat(importance.rows()).isEqualTo(2);
    Importance.Feature first = importance.features().get(0);
    assertThat(first.name()).as("largest first").isEqualTo("high");
    assertThat(first.meanAbsolute()).isEqualTo(2);
    assertThat(first.mean()).isEqualTo(-1);
    assertThat(first.stdError().orElseThrow()).isCloseTo(1, within(1e-12)); // sd sqrt(2) / sqrt(2)
    assertThat(first.noiseFloor()).isCloseTo(.2, within(1e-12));
    assertThat(first.isAboveNoise()).isTrue();
    assertThat(importance.features().get(1).isAboveNoise()).isFalse();
    assertThat(first.points())
        .containsExactly(new Importance.Point(place("a"), 1), new Importance.Point(place("b"), -3));
  }

  @Test
  void importance_oneRow_saysNothingOfOthers() {
    tally.add(place("a"), List.of(new Part("f", 1, 0)));

    assertThat(tally.importance().features().get(0).stdError()).isEmpty();
  }

  @Test
  void importance_ofNothing_isNone() {
    assertThatIllegalStateException().isThrownBy(tally::importance);
  }

  /** Texts: a word counts over the rows that have it. */
  @Test
  void importance_rowsWithOtherFeatures_eachOverItsOwn() {
    tally.add(place("a"), List.of(new Part("good", 2, .1), new Part("film", 1, .1)));
    tally.add(place("b"), List.of(new Part("film", 3, .1)));

    assertThat(named(tally.importance(), "good").meanAbsolute()).isEqualTo(2);
    assertThat(named(tally.importance(), "film").meanAbsolute()).isEqualTo(2);
    assertThat(named(tally.importance(), "good").points()).hasSize(1);
  }

  @Property(tries = 50)
  void importance_anyOrder_sameBits(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int rows) {
    Random random = new Random(seed);
    List<List<Part>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(
          names(3).stream()
              .map(f -> new Part(f, random.nextDouble() - 0.5, random.nextDouble() / 10))
              .toList());
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    ImportanceTally straight = new ImportanceTally();
    ImportanceTally shuffled = new ImportanceTally();

    order.forEach(i -> straight.add(new Importance.Place("req-" + i / 2, i % 2), all.get(i)));
    Collections.shuffle(order, random);
    order.forEach(i -> shuffled.add(new Importance.Place("req-" + i / 2, i % 2), all.get(i)));

    assertThat(shuffled.importance()).isEqualTo(straight.importance());
    assertThat(shuffled.rows()).isEqualTo(rows);
  }

  @Test
  void add_sameRowTwice_countsOnce_anotherRowOfTheRequestCounts() {
    assertThat(tally.add(place("a"), List.of(new Part("f", 1, 0)))).isTrue();
    assertThat(tally.add(place("a"), List.of(new Part("f", 5, 0)))).isFalse();
    assertThat(tally.add(new Importance.Place("a", 1), List.of(new Part("f", 3, 0)))).isTrue();

    assertThat(tally.rows()).isEqualTo(2);
    assertThat(tally.importance().features().get(0).meanAbsolute()).isEqualTo(2);
  }

  @Test
  void part_badNumbers_cannotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Part("f", Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Part("f", 1, -0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Part("f", 1, Double.POSITIVE_INFINITY));
  }
}
