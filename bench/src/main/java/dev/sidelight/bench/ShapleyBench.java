package dev.sidelight.bench;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole explanations against a model that costs next to nothing, 100 background rows. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class ShapleyBench {

  private static final int BACKGROUND = 100;

  private final ShapleyExplainer explainer = new ShapleyExplainer();
  // few values per column, as in tables of people: rows share hybrids
  private final ExplainRequest<ShapSettings> exact12 = request(12, 3, Mode.EXACT, 2_000_000);
  // all values different: 2^12 hybrids for each background row
  private final ExplainRequest<ShapSettings> exact12Distinct =
      request(12, 1 << 30, Mode.EXACT, 2_000_000);
  private final ExplainRequest<ShapSettings> leverage30 =
      request(30, 1 << 30, Mode.COALITION, 20_000);

  private static ExplainRequest<ShapSettings> request(
      int features, int levels, Mode mode, int rowsMax) {
    SplittableRandom random = new SplittableRandom(11);
    double[] weights = new double[BACKGROUND];
    Arrays.fill(weights, 1);
    FeatureSchema schema =
        FeatureSchema.of(
            IntStream.range(0, features).mapToObj(c -> Feature.numeric("f" + c)).toList());
    ReferenceSet reference =
        new ReferenceSet(
            "sha256:bench", schema, rows(random, BACKGROUND, features, levels), weights, "file");
    ShapSettings settings =
        new ShapSettings(
            mode,
            Link.IDENTITY,
            Optional.empty(),
            OptionalInt.empty(),
            false,
            false,
            OptionalInt.empty());
    return new ExplainRequest<>(
        rows(random, 1, features, levels),
        reference,
        settings,
        new Budget(rowsMax, 16, Duration.ofMinutes(1), 0.01),
        42);
  }

  private static Instances rows(SplittableRandom random, int n, int features, int levels) {
    double[] values = random.ints((long) n * features, 0, levels).asDoubleStream().toArray();
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(n, features), values));
  }

  @Benchmark
  public Attribution exactOf12() {
    return explainer.explain(exact12, new DirectSession(), Progress.NONE);
  }

  @Benchmark
  public Attribution exactOf12AllDistinct() {
    return explainer.explain(exact12Distinct, new DirectSession(), Progress.NONE);
  }

  @Benchmark
  public Attribution leverageOf30() {
    return explainer.explain(leverage30, new DirectSession(), Progress.NONE);
  }
}
