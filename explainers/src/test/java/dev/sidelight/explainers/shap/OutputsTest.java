package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputsTest {

  private static final double[] X = {1, 0};
  private static final double[][] BACKGROUND = {{0, 1}, {0, 0}};

  private static ShapSettings settings(
      Optional<String> output, OptionalInt index, boolean all, boolean regression) {
    return new ShapSettings(
        ShapSettings.Mode.AUTO, Link.IDENTITY, output, index, all, regression, OptionalInt.empty());
  }

  private static ShapSettings target(int index) {
    return settings(Optional.empty(), OptionalInt.of(index), false, false);
  }

  private static Attribution explain(
      ShapSettings settings, List<String> classes, Predictor predictor) {
    FeatureSchema plain = Games.schema(2);
    return Games.explain(
        new ExplainRequest<>(
            Games.rows(X),
            new ReferenceSet(
                "r",
                new FeatureSchema(plain.features(), List.of(), classes, Set.of()),
                Games.rows(BACKGROUND),
                new double[] {1, 1},
                "file"),
            settings,
            Budget.defaults(),
            1),
        predictor);
  }

  /** Class 2 where the first feature is 1, else class 0. */
  private static Predictor labels(java.util.function.Function<int[], Tensor> tensor) {
    return rows ->
        Instances.of(
            "label",
            tensor.apply(
                IntStream.range(0, rows.rows())
                    .map(r -> Games.numbers(rows, r)[0] == 1 ? 2 : 0)
                    .toArray()));
  }

  private static Tensor integers(int[] labels) {
    return new IntegerTensor(
        DataType.INT64, List.of(labels.length), IntStream.of(labels).asLongStream().toArray());
  }

  private static Tensor texts(int[] labels) {
    return BytesTensor.ofText(
        IntStream.of(labels).mapToObj(l -> l == 2 ? "<chat> noir" : "é").toArray(String[]::new));
  }

  @Test
  void numericColumns_defaultIsThePredictedClass() {
    Attribution answer =
        explain(
            ShapSettings.defaults(),
            List.of("no", "yes", "maybe"),
            Games.models(row -> new double[] {0.2, 0.1 + 0.6 * row[0], 0.3}));

    assertThat(answer.targeted().target()).isEqualTo(new Target("y", 1, "yes"));
    assertThat(answer.targeted().values()).containsExactly(new double[] {0.6, 0}, within(1e-12));
  }

  @Test
  void allOutputs_everyColumn_targetStaysThePredicted() {
    Attribution answer =
        explain(
            settings(Optional.empty(), OptionalInt.empty(), true, false),
            List.of(),
            Games.models(row -> new double[] {row[0], 2 + row[1], 0}));

    assertThat(answer.outputs()).hasSize(3);
    assertThat(answer.target()).isEqualTo(1);
    assertThat(answer.outputs().get(0).values())
        .containsExactly(new double[] {1, 0}, within(1e-12));
    assertThat(answer.targeted().values()).containsExactly(new double[] {0, -0.5}, within(1e-12));
  }

  @Test
  void integerLabels_schemaNamesThem_indicatorOfTheChosenClass() {
    List<String> classes = List.of("a", "b", "c");

    Attribution predicted =
        explain(ShapSettings.defaults(), classes, labels(OutputsTest::integers));
    Attribution first = explain(target(0), classes, labels(OutputsTest::integers));

    assertThat(predicted.targeted().target()).isEqualTo(new Target("label", 2, "c"));
    assertThat(predicted.targeted().values()).containsExactly(new double[] {1, 0}, within(1e-12));
    assertThat(first.targeted().target()).isEqualTo(new Target("label", 0, "a"));
    assertThat(first.targeted().values()).containsExactly(new double[] {-1, 0}, within(1e-12));
  }

  @Test
  void integerOutput_regression_isANumber() {
    Attribution answer =
        explain(
            settings(Optional.empty(), OptionalInt.empty(), false, true),
            List.of(),
            labels(OutputsTest::integers));

    assertThat(answer.targeted().values()).containsExactly(new double[] {2, 0}, within(1e-12));
  }

  @Test
  void textLabels_indicatorOfThePredictedOne() {
    Attribution answer = explain(ShapSettings.defaults(), List.of(), labels(OutputsTest::texts));

    assertThat(answer.targeted().target()).isEqualTo(new Target("label", 0, "<chat> noir"));
    assertThat(answer.targeted().values()).containsExactly(new double[] {1, 0}, within(1e-12));
    assertThat(answer.targeted().prediction()).isEqualTo(1);
  }

  @Test
  void booleanLabels_areClassesZeroAndOne() {
    Attribution answer =
        explain(
            ShapSettings.defaults(),
            List.of("no", "yes"),
            labels(
                labels ->
                    new IntegerTensor(
                        DataType.BOOL,
                        List.of(labels.length, 1),
                        IntStream.of(labels).mapToLong(l -> l / 2).toArray())));

    assertThat(answer.targeted().target()).isEqualTo(new Target("label", 1, "yes"));
    assertThat(answer.targeted().values()).containsExactly(new double[] {1, 0}, within(1e-12));
  }

  @Test
  void severalTensors_probabilitiesBeforeLabels_orByName() {
    Predictor both =
        rows ->
            new Instances(
                List.of(
                    new NamedTensor("predict", integers(new int[rows.rows()])),
                    new NamedTensor(
                        "proba",
                        new FloatTensor(
                            DataType.FP32, List.of(rows.rows(), 1), new float[rows.rows()])),
                    new NamedTensor(
                        "extra",
                        new DoubleTensor(
                            DataType.FP64, List.of(rows.rows()), new double[rows.rows()]))));

    Attribution first = explain(ShapSettings.defaults(), List.of(), both);
    Attribution named =
        explain(settings(Optional.of("extra"), OptionalInt.empty(), false, false), List.of(), both);

    assertThat(first.targeted().target().output()).isEqualTo("proba");
    assertThat(named.targeted().target().output()).isEqualTo("extra");
  }

  @Test
  void unknownOutput_listsWhatWasSeen() {
    assertThatThrownBy(
            () ->
                explain(
                    settings(Optional.of("score"), OptionalInt.empty(), false, false),
                    List.of(),
                    Games.model(row -> row[0])))
        .isInstanceOf(ExplainException.class)
        .hasMessageContaining("'y' FP64")
        .extracting("code")
        .isEqualTo("target_unsupported");
  }

  @Test
  void prose_isNoTarget() {
    Predictor chat =
        rows ->
            Instances.of(
                "text",
                BytesTensor.ofText(
                    IntStream.range(0, rows.rows())
                        .mapToObj(_ -> "word ".repeat(60))
                        .toArray(String[]::new)));

    assertThatThrownBy(() -> explain(ShapSettings.defaults(), List.of(), chat))
        .extracting("code")
        .isEqualTo("target_unsupported");
  }

  @Test
  void targetBeyondTheColumns_namesTheRange() {
    assertThatThrownBy(() -> explain(target(3), List.of(), Games.model(row -> row[0])))
        .hasMessageContaining("[0, 0], got 3")
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/target");
  }
}
