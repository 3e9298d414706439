package dev.sidelight.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.kie.kogito.explainability.local.shap.ShapConfig;
import org.kie.kogito.explainability.local.shap.ShapKernelExplainer;
import org.kie.kogito.explainability.local.shap.ShapResults;
import org.kie.kogito.explainability.model.Feature;
import org.kie.kogito.explainability.model.FeatureFactory;
import org.kie.kogito.explainability.model.FeatureImportance;
import org.kie.kogito.explainability.model.Output;
import org.kie.kogito.explainability.model.PerturbationContext;
import org.kie.kogito.explainability.model.Prediction;
import org.kie.kogito.explainability.model.PredictionInput;
import org.kie.kogito.explainability.model.PredictionOutput;
import org.kie.kogito.explainability.model.SimplePrediction;
import org.kie.kogito.explainability.model.Type;
import org.kie.kogito.explainability.model.Value;

/** TrustyAI's KernelSHAP as it comes: 2,048 + 2 n coalitions, no regularizer, same thread. */
final class TrustyCore {

  private final double[] x;
  private final List<PredictionInput> background = new ArrayList<>();

  TrustyCore(double[] x, double[][] background) {
    this.x = x;
    for (double[] row : background) {
      this.background.add(input(row));
    }
  }

  ShapleySideBySide.Answer explain() throws ExecutionException, InterruptedException {
    AtomicLong rows = new AtomicLong();
    ShapConfig config =
        ShapConfig.builder()
            .withLink(ShapConfig.LinkType.IDENTITY)
            .withBackground(background)
            .withExecutor(Runnable::run)
            .withPC(new PerturbationContext(new Random(42), 0))
            .withRegularizer(ShapConfig.RegularizerType.NONE)
            .build();
    PredictionInput input = input(x);
    Prediction prediction = new SimplePrediction(input, answer(input));
    ShapResults results =
        new ShapKernelExplainer(config)
            .explainAsync(
                prediction,
                inputs -> {
                  rows.addAndGet(inputs.size());
                  return CompletableFuture.completedFuture(
                      inputs.stream().map(TrustyCore::answer).toList());
                })
            .get();
    double[] values = new double[x.length];
    for (FeatureImportance importance : results.getSaliencies()[0].getPerFeatureImportance()) {
      values[Integer.parseInt(importance.getFeature().getName().substring(1))] =
          importance.getScore();
    }
    return new ShapleySideBySide.Answer(values, rows.get());
  }

  private static PredictionInput input(double[] row) {
    List<Feature> features = new ArrayList<>(row.length);
    for (int c = 0; c < row.length; c++) {
      features.add(FeatureFactory.newNumericalFeature("f" + c, row[c]));
    }
    return new PredictionInput(features);
  }

  private static PredictionOutput answer(PredictionInput input) {
    double[] row = input.getFeatures().stream().mapToDouble(f -> f.getValue().asNumber()).toArray();
    return new PredictionOutput(
        List.of(new Output("y", Type.NUMBER, new Value(ShapleySideBySide.model(row)), 1)));
  }
}
