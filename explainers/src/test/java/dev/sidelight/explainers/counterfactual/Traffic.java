package dev.sidelight.explainers.counterfactual;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.ModelSession;
import dev.sidelight.explainers.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Logged rows of doubles and known models that answered them. */
final class Traffic {

  private Traffic() {}

  static Instances rows(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Instances.of(
        "x", new DoubleTensor(DataType.FP64, List.of(rows.length, rows[0].length), flat));
  }

  static double[] numbers(Instances batch, int row) {
    Tensor tensor = batch.tensors().get(0).tensor();
    return IntStream.range(0, tensor.width()).mapToDouble(c -> tensor.number(row, c)).toArray();
  }

  static Predictor number(ToDoubleFunction<double[]> f) {
    return batch ->
        Instances.of(
            "y",
            new DoubleTensor(
                DataType.FP64,
                List.of(batch.rows(), 1),
                IntStream.range(0, batch.rows())
                    .mapToDouble(row -> f.applyAsDouble(numbers(batch, row)))
                    .toArray()));
  }

  /** Scores of two classes. */
  static Predictor yesNo(Predicate<double[]> yes) {
    return batch ->
        Instances.of(
            "p",
            new DoubleTensor(
                DataType.FP64,
                List.of(batch.rows(), 2),
                IntStream.range(0, batch.rows())
                    .mapToObj(row -> yes.test(numbers(batch, row)))
                    .flatMapToDouble(
                        is ->
                            is
                                ? Arrays.stream(new double[] {.1, .9})
                                : Arrays.stream(new double[] {.9, .1}))
                    .toArray()));
  }

  static double[][] uniform(int rows, int columns, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, 0, 10).toArray())
        .toArray(double[][]::new);
  }

  static FeatureSchema schema(int width, List<FeatureGroup> groups, Set<String> immutable) {
    List<Feature> features =
        IntStream.range(0, width).mapToObj(c -> Feature.numeric("f" + c)).toList();
    return new FeatureSchema(features, groups, List.of("no", "yes"), immutable);
  }

  static FeatureSchema schema(int width) {
    return schema(width, List.of(), Set.of());
  }

  static LoggedPredictions log(double[][] rows, Predictor model) {
    Instances instances = rows(rows);
    return new LoggedPredictions(
        instances,
        model.predict(instances),
        IntStream.range(0, rows.length).mapToObj(r -> "req-" + r).toList());
  }

  static ExplainRequest<CounterfactualSettings> request(
      double[] x, FeatureSchema schema, CounterfactualSettings settings) {
    return request(x, schema, settings, Budget.defaults());
  }

  static ExplainRequest<CounterfactualSettings> request(
      double[] x, FeatureSchema schema, CounterfactualSettings settings, Budget budget) {
    ReferenceSet reference =
        new ReferenceSet("sha256:test", schema, rows(x), new double[] {1}, "log");
    return new ExplainRequest<>(rows(x), reference, settings, budget, 42);
  }

  static Counterfactual explain(
      ExplainRequest<CounterfactualSettings> request, LoggedPredictions log, ModelSession session) {
    return new CounterfactualExplainer(log).explain(request, session, Progress.NONE);
  }
}
