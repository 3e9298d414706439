package dev.sidelight.explainers.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.MethodSettings;
import dev.sidelight.explainers.ModelSession;
import dev.sidelight.explainers.OcclusionMasker;
import dev.sidelight.explainers.OcclusionSpace;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.anchor.AnchorExplainer;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text classifiers whose explanations are known beforehand. */
class TextExplanationTest {

  private static final Map<String, Double> WEIGHTS =
      Map.of("good", 2.0, "awful", -3.0, "film", .25, "😀", 1.5, "שלום", .5);

  /** Scores (1 - f, f). */
  private static Predictor classifier(ToDoubleFunction<List<String>> f) {
    return batch -> {
      double[] out = new double[2 * batch.rows()];
      for (int r = 0; r < batch.rows(); r++) {
        String text = batch.tensors().get(0).tensor().text(r, 0);
        out[2 * r + 1] =
            f.applyAsDouble(Arrays.stream(text.split("[ ,.!]+")).map(String::strip).toList());
        out[2 * r] = 1 - out[2 * r + 1];
      }
      return Instances.of("p", new DoubleTensor(DataType.FP64, List.of(batch.rows(), 2), out));
    };
  }

  private static <S extends MethodSettings> ExplainRequest<S> request(String text, S settings) {
    Instances row = Instances.of("text", BytesTensor.ofText(text));
    FeatureSchema schema =
        new FeatureSchema(
            List.of(new Feature("text", FeatureKind.TEXT, List.of())),
            List.of(),
            List.of("bad", "good"),
            Set.of());
    return new ExplainRequest<>(
        row,
        new ReferenceSet("sha256:test", schema, row, new double[] {1}, "file"),
        settings,
        Budget.defaults(),
        42);
  }

  private static Attribution shapley(String text, Predictor model) {
    ExplainRequest<ShapSettings> request = request(text, ShapSettings.defaults());
    TextOcclusion occlusion = TextOcclusion.of(request.row(), TextSettings.defaults());
    return new ShapleyExplainer()
        .explain(request, new OcclusionMasker(occlusion), new ModelSession(model), Progress.NONE);
  }

  @Test
  void shapley_bagOfWords_everyWordItsWeight() {
    Attribution attribution =
        shapley(
            "A good film, good 😀 שלום!",
            classifier(
                words -> 10 + words.stream().mapToDouble(w -> WEIGHTS.getOrDefault(w, 0.0)).sum()));

    assertThat(attribution.players())
        .extracting("name")
        .containsExactly("A", "good", "film", "good", "😀", "שלום");
    assertThat(attribution.targeted().values())
        .containsExactly(new double[] {0, 2, .25, 2, 1.5, .5}, within(1e-9));
    assertThat(attribution.targeted().baseline()).isCloseTo(10, within(1e-9));
  }

  /** 40 words are too many to enumerate; an additive game is exact all the same. */
  @Test
  void shapley_longBagOfWords_everyWordItsWeight() {
    String text = IntStream.range(0, 40).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    Predictor model =
        classifier(
            words ->
                100
                    + words.stream()
                        .filter(w -> w.startsWith("w"))
                        .mapToDouble(w -> Integer.parseInt(w.substring(1)) % 7)
                        .sum());

    double[] values = shapley(text, model).targeted().values();

    for (int i = 0; i < 40; i++) {
      assertThat(values[i]).isCloseTo(i % 7, within(1e-6));
    }
  }

  @Test
  void shapley_wordsThatNeedEachOther_shareEqually() {
    Attribution attribution =
        shapley(
            "this is not good at all",
            classifier(words -> words.contains("not") && words.contains("good") ? 6 : 1));

    assertThat(attribution.targeted().values())
        .containsExactly(new double[] {0, 0, 2.5, 2.5, 0, 0}, within(1e-9));
  }

  private static Anchor anchor(String text, Predictor model) {
    ExplainRequest<AnchorSettings> request = request(text, AnchorSettings.defaults());
    TextOcclusion occlusion = TextOcclusion.of(request.row(), TextSettings.defaults());
    return new AnchorExplainer()
        .explain(request, new OcclusionSpace(occlusion), new ModelSession(model), Progress.NONE);
  }

  @Test
  void anchor_plantedWord_isFound() {
    Anchor anchor =
        anchor("what an awful waste of time", classifier(w -> w.contains("awful") ? .1 : .9));

    assertThat(anchor.success()).isTrue();
    assertThat(anchor.predicates())
        .extracting(p -> p.condition())
        .containsExactly(new Condition.Kept("awful", 2));
    assertThat(anchor.coverage()).isEqualTo(.5);
    assertThat(anchor.coverageOf()).isEqualTo("perturbations");
    assertThat(anchor.precisionLowerBound()).isGreaterThanOrEqualTo(.95);
  }

  @Test
  void anchor_plantedPair_isFound() {
    Anchor anchor =
        anchor(
            "this film is not very good",
            classifier(w -> w.contains("not") && w.contains("good") ? .9 : .1));

    assertThat(anchor.predicates())
        .extracting(p -> p.condition())
        .containsExactlyInAnyOrder(new Condition.Kept("not", 3), new Condition.Kept("good", 5));
    assertThat(anchor.coverage()).isEqualTo(.25);
  }
}
