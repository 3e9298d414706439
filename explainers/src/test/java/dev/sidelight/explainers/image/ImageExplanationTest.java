package dev.sidelight.explainers.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
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
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Image classifiers whose explanations are known beforehand. */
class ImageExplanationTest {

  private static final int SIDE = 24;
  private static final Pixels IMAGE = Images.noise(SIDE, SIDE, 3, 8);

  private static ImageSettings grid(int players) {
    return new ImageSettings(
        Optional.empty(),
        ImageSettings.Layout.AUTO,
        ImageSettings.Segmenter.GRID,
        players,
        new ImageSettings.Fill.Mean());
  }

  /** Scores (1 - f, f) of the pixels, row by row, channels together. */
  private static Predictor classifier(ToDoubleFunction<double[]> f) {
    return batch -> {
      Tensor in = batch.tensors().get(0).tensor();
      double[] out = new double[2 * batch.rows()];
      for (int r = 0; r < batch.rows(); r++) {
        int row = r;
        double[] pixels =
            IntStream.range(0, in.width()).mapToDouble(c -> in.number(row, c)).toArray();
        out[2 * r + 1] = f.applyAsDouble(pixels);
        out[2 * r] = 1 - out[2 * r + 1];
      }
      return Instances.of("p", new DoubleTensor(DataType.FP64, List.of(batch.rows(), 2), out));
    };
  }

  private static double sum(double[] pixels, int[] labels, int segment) {
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      sum += labels[i / 3] == segment ? pixels[i] : 0;
    }
    return sum;
  }

  private static boolean isIntact(double[] pixels, int[] labels, int segment) {
    for (int i = 0; i < pixels.length; i++) {
      if (labels[i / 3] == segment && pixels[i] != IMAGE.values()[i]) {
        return false;
      }
    }
    return true;
  }

  private static <S extends MethodSettings> ExplainRequest<S> request(S settings) {
    Instances row = Images.hwc(IMAGE);
    FeatureSchema schema =
        FeatureSchema.of(
            IntStream.range(0, row.width()).mapToObj(c -> Feature.numeric("p" + c)).toList());
    return new ExplainRequest<>(
        row,
        new ReferenceSet("sha256:test", schema, row, new double[] {1}, "file"),
        settings,
        Budget.defaults(),
        42);
  }

  private static Attribution shapley(ImageSettings settings, Predictor model) {
    ExplainRequest<ShapSettings> request = request(ShapSettings.defaults());
    ImageOcclusion occlusion = ImageOcclusion.of(request.row(), settings);
    return new ShapleyExplainer()
        .explain(request, new OcclusionMasker(occlusion), new ModelSession(model), Progress.NONE);
  }

  /** The model sums one segment of 64: all of its answer is that segment's, exactly. */
  @Test
  void shapley_modelOfOneSegment_allIsItsOwn() {
    int[] labels = Grid.labels(SIDE, SIDE, 8);
    Predictor model = classifier(pixels -> 1e6 + sum(pixels, labels, 27));

    Attribution attribution = shapley(ImageSettings.defaults(), model);

    double[] values = attribution.targeted().values();
    double whole = attribution.targeted().prediction() - attribution.targeted().baseline();
    assertThat(values).hasSize(64);
    assertThat(Math.abs(whole)).isGreaterThan(1);
    for (int s = 0; s < 64; s++) {
      assertThat(values[s]).isCloseTo(s == 27 ? whole : 0, within(1e-6 * Math.abs(whole)));
    }
  }

  @Test
  void shapley_weightedSegments_eachItsOwnShare() {
    int[] labels = Grid.labels(SIDE, SIDE, 3);
    Predictor model =
        classifier(
            pixels ->
                1e7
                    + IntStream.range(0, 9)
                        .mapToDouble(s -> (s + 1) * sum(pixels, labels, s))
                        .sum());
    double[] x = new double[IMAGE.values().length];
    double[] means = IMAGE.means();
    double[] filled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = IMAGE.values()[i];
      filled[i] = Math.round(means[i % 3]);
    }

    double[] values = shapley(grid(9), model).targeted().values();

    for (int s = 0; s < 9; s++) {
      double expected = (s + 1) * (sum(x, labels, s) - sum(filled, labels, s));
      assertThat(values[s]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    }
  }

  @Test
  void shapley_twoSegmentsThatNeedEachOther_shareEqually() {
    int[] labels = Grid.labels(SIDE, SIDE, 3);
    Predictor model =
        classifier(pixels -> isIntact(pixels, labels, 2) && isIntact(pixels, labels, 6) ? 5 : 1);

    double[] values = shapley(grid(9), model).targeted().values();

    assertThat(values).containsExactly(new double[] {0, 0, 2, 0, 0, 0, 2, 0, 0}, within(1e-9));
  }

  @Test
  void anchor_plantedSegment_isFound() {
    int[] labels = Grid.labels(SIDE, SIDE, 8);
    Predictor model = classifier(pixels -> isIntact(pixels, labels, 27) ? .9 : .1);
    ExplainRequest<AnchorSettings> request = request(AnchorSettings.defaults());
    ImageOcclusion occlusion = ImageOcclusion.of(request.row(), ImageSettings.defaults());

    Anchor anchor =
        new AnchorExplainer()
            .explain(
                request, new OcclusionSpace(occlusion), new ModelSession(model), Progress.NONE);

    assertThat(anchor.success()).isTrue();
    assertThat(anchor.predicates())
        .extracting(p -> p.condition())
        .containsExactly(new Condition.Kept("segment 27", 27));
    assertThat(anchor.coverage()).isEqualTo(.5);
    assertThat(anchor.coverageOf()).isEqualTo("perturbations");
  }
}
