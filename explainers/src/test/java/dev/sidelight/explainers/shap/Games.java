package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Known models on rows of doubles, and the shortest ways to have them explained. */
final class Games {

  private Games() {}

  static Instances rows(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Instances.of(
        "x", new DoubleTensor(DataType.FP64, List.of(rows.length, rows[0].length), flat));
  }

  static double[] numbers(Instances batch, int row) {
    double[] numbers = new double[batch.width()];
    int at = 0;
    for (NamedTensor named : batch.tensors()) {
      Tensor tensor = named.tensor();
      for (int c = 0; c < tensor.width(); c++) {
        numbers[at++] = tensor.number(row, c);
      }
    }
    return numbers;
  }

  /** A model of one output. */
  static Predictor model(ToDoubleFunction<double[]> f) {
    return models(row -> new double[] {f.applyAsDouble(row)});
  }

  /** A model of several outputs. */
  static Predictor models(Function<double[], double[]> f) {
    return batch -> {
      double[][] outputs =
          IntStream.range(0, batch.rows())
              .mapToObj(row -> f.apply(numbers(batch, row)))
              .toArray(double[][]::new);
      double[] flat = Arrays.stream(outputs).flatMapToDouble(Arrays::stream).toArray();
      return Instances.of(
          "y", new DoubleTensor(DataType.FP64, List.of(batch.rows(), outputs[0].length), flat));
    };
  }

  static FeatureSchema schema(int width) {
    return FeatureSchema.of(
        IntStream.range(0, width).mapToObj(c -> Feature.numeric("f" + c)).toList());
  }

  static ReferenceSet reference(double[][] background) {
    double[] weights = new double[background.length];
    Arrays.fill(weights, 1);
    return reference(background, weights);
  }

  static ReferenceSet reference(double[][] background, double[] weights) {
    return new ReferenceSet(
        "sha256:test", schema(background[0].length), rows(background), weights, "file");
  }

  static ShapSettings settings(ShapSettings.Mode mode, Link link, boolean allOutputs) {
    return new ShapSettings(
        mode, link, Optional.empty(), OptionalInt.empty(), allOutputs, false, OptionalInt.empty());
  }

  static Budget rowsMax(int rowsMax) {
    return new Budget(rowsMax, 16, Duration.ofSeconds(20), 0.01);
  }

  static ExplainRequest<ShapSettings> request(double[] x, double[][] background) {
    return new ExplainRequest<>(
        rows(x), reference(background), ShapSettings.defaults(), Budget.defaults(), 42);
  }

  static ExplainRequest<ShapSettings> with(
      ExplainRequest<ShapSettings> request, ShapSettings settings) {
    return new ExplainRequest<>(
        request.row(), request.reference(), settings, request.budget(), request.seed());
  }

  static ExplainRequest<ShapSettings> with(ExplainRequest<ShapSettings> request, Budget budget) {
    return new ExplainRequest<>(
        request.row(), request.reference(), request.settings(), budget, request.seed());
  }

  static Attribution explain(ExplainRequest<ShapSettings> request, Predictor model) {
    return explain(request, new InMemorySession(model));
  }

  static Attribution explain(ExplainRequest<ShapSettings> request, InMemorySession session) {
    return new ShapleyExplainer().explain(request, session, Progress.NONE);
  }

  /** The targeted values of a one-output model under default settings. */
  static double[] values(double[] x, double[][] background, ToDoubleFunction<double[]> f) {
    return explain(request(x, background), model(f)).targeted().values();
  }

  /** A game on n players: x is all ones, the one background row all zeros. */
  static ExplainRequest<ShapSettings> game(int players) {
    double[] ones = new double[players];
    Arrays.fill(ones, 1);
    return request(ones, new double[][] {new double[players]});
  }

  static double[] solve(int players, ToDoubleFunction<double[]> v) {
    return explain(game(players), model(v)).targeted().values();
  }

  static double[][] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns).toArray())
        .toArray(double[][]::new);
  }

  /** Shapley's own definition over the marginal game: 2^n coalitions, every background row. */
  static double[] bruteForce(
      double[] x, double[][] background, double[] weights, ToDoubleFunction<double[]> f) {
    int n = x.length;
    double total = Arrays.stream(weights).sum();
    double[] v = new double[1 << n];
    for (int mask = 0; mask < v.length; mask++) {
      for (int b = 0; b < background.length; b++) {
        double[] hybrid = background[b].clone();
        for (int i = 0; i < n; i++) {
          if ((mask >> i & 1) != 0) {
            hybrid[i] = x[i];
          }
        }
        v[mask] += weights[b] / total * f.applyAsDouble(hybrid);
      }
    }
    return bruteForce(v, n);
  }

  static double[] bruteForce(double[] v, int n) {
    double[] factorial = new double[n + 1];
    factorial[0] = 1;
    for (int i = 1; i <= n; i++) {
      factorial[i] = factorial[i - 1] * i;
    }
    double[] phi = new double[n];
    for (int mask = 0; mask < v.length; mask++) {
      int s = Integer.bitCount(mask);
      for (int i = 0; i < n; i++) {
        if ((mask >> i & 1) == 0) {
          double weight = factorial[s] * factorial[n - s - 1] / factorial[n];
          phi[i] += weight * (v[mask | 1 << i] - v[mask]);
        }
      }
    }
    return phi;
  }
}
