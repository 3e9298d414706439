package dev.sidelight.bench.peers;

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
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Whole explanations of one 30-feature row over 100 background rows, ours and TrustyAI's core in
 * the same JVM, against the same model of a few operations: CPU and heap bytes of an explanation
 * and the error each is left with. The model has a closed form, a product term included.
 */
public final class ShapleySideBySide {

  private static final int FEATURES = 30;
  private static final int BACKGROUND = 100;
  private static final int WARM_UP = 12;
  private static final int RUNS = 15;

  private final double[] x = new double[FEATURES];
  private final double[][] background = new double[BACKGROUND][FEATURES];

  private ShapleySideBySide() {
    SplittableRandom random = new SplittableRandom(5);
    for (int c = 0; c < FEATURES; c++) {
      x[c] = random.nextDouble();
      for (double[] row : background) {
        row[c] = random.nextDouble();
      }
    }
  }

  public static void main(String[] args) throws Exception {
    new ShapleySideBySide().run();
  }

  private void run() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%-34s %12s %14s %10s %12s%n",
        "contender",
        "CPU ms",
        "heap MB",
        "rows",
        "rel. error");
    double[] exact = exact();
    Shown ours = measure("Sidelight, its default", () -> ours(20_000, 0.01), exact);
    Shown equal = measure("Sidelight, 2,108 coalitions", () -> ours(210_800, 1e-12), exact);
    TrustyCore trusty = new TrustyCore(x, background);
    Shown peer = measure("TrustyAI core, its default", trusty::explain, exact);
    System.out.printf(
        Locale.ROOT,
        "CPU, ours / TrustyAI core: %.3f at defaults, %.3f at 2,108 coalitions%n",
        ours.cpuMillis() / peer.cpuMillis(),
        equal.cpuMillis() / peer.cpuMillis());
  }

  /** What was measured of one contender. */
  private record Shown(double cpuMillis) {}

  /** Answers one explanation. */
  private interface Explains {
    Answer explain() throws ExecutionException, InterruptedException;
  }

  /** Values and what they cost in rows. */
  record Answer(double[] values, long rows) {}

  private static Shown measure(String name, Explains contender, double[] exact) throws Exception {
    Answer answer = contender.explain();
    for (int i = 1; i < WARM_UP; i++) {
      answer = contender.explain();
    }
    double[] cpu = new double[RUNS];
    double[] heap = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long nanos = ThreadCpu.process();
      long bytes = ThreadCpu.allocated();
      answer = contender.explain();
      cpu[i] = (ThreadCpu.process() - nanos) / 1e6;
      heap[i] = (ThreadCpu.allocated() - bytes) / 1e6;
    }
    Arrays.sort(cpu);
    Arrays.sort(heap);
    System.out.printf(
        Locale.ROOT,
        "%-34s %12.2f %14.2f %10d %12.1e%n",
        name,
        cpu[RUNS / 2],
        heap[RUNS / 2],
        answer.rows(),
        error(answer.values(), exact));
    return new Shown(cpu[RUNS / 2]);
  }

  private static double error(double[] values, double[] exact) {
    double square = 0;
    double scale = 0;
    for (int c = 0; c < FEATURES; c++) {
      square += (values[c] - exact[c]) * (values[c] - exact[c]);
      scale += exact[c] * exact[c];
    }
    return square / scale;
  }

  static double model(double[] row) {
    double sum = 9 * row[0] * row[1] * row[2] + 3 * row[3] * row[4] - 4 * row[5] * row[6];
    for (int c = 0; c < FEATURES; c++) {
      sum += (c % 7) * row[c];
    }
    return sum;
  }

  /**
   * Linear terms; of a product of two (x1 - b1)(x2 + b2)/2 and its mirror; of a product of three
   * (x1 - b1)(2 x2 x3 + x2 b3 + b2 x3 + 2 b2 b3)/6 and its mirrors; averaged over the background.
   */
  private double[] exact() {
    double[] phi = new double[FEATURES];
    for (double[] b : background) {
      for (int c = 0; c < FEATURES; c++) {
        phi[c] += (c % 7) * (x[c] - b[c]) / BACKGROUND;
      }
      pair(3, 4, 3, b, phi);
      pair(5, 6, -4, b, phi);
      for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3;
        int k = (i + 2) % 3;
        double rest = 2 * x[j] * x[k] + x[j] * b[k] + b[j] * x[k] + 2 * b[j] * b[k];
        phi[i] += 9 * (x[i] - b[i]) * rest / 6 / BACKGROUND;
      }
    }
    return phi;
  }

  private void pair(int i, int j, double weight, double[] b, double[] phi) {
    phi[i] += weight * (x[i] - b[i]) * (x[j] + b[j]) / 2 / BACKGROUND;
    phi[j] += weight * (x[j] - b[j]) * (x[i] + b[i]) / 2 / BACKGROUND;
  }

  private Answer ours(int rowsMax, double relativeError) {
    FeatureSchema schema =
        FeatureSchema.of(
            IntStream.range(0, FEATURES).mapToObj(c -> Feature.numeric("f" + c)).toList());
    double[] weights = new double[BACKGROUND];
    Arrays.fill(weights, 1);
    ShapSettings settings =
        new ShapSettings(
            ShapSettings.Mode.COALITION,
            Link.IDENTITY,
            Optional.empty(),
            OptionalInt.empty(),
            false,
            true,
            OptionalInt.empty());
    ModelSession session = new ModelSession(ShapleySideBySide::model);
    Attribution answer =
        new ShapleyExplainer()
            .explain(
                new ExplainRequest<>(
                    rows(x),
                    new ReferenceSet("sha256:bench", schema, rows(background), weights, "file"),
                    settings,
                    new Budget(rowsMax, 1_000, Duration.ofMinutes(10), relativeError),
                    42),
                session,
                Progress.NONE);
    return new Answer(answer.targeted().values(), session.spent().rowsAsked());
  }

  private static Instances rows(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Instances.of(
        "x", new DoubleTensor(DataType.FP64, List.of(rows.length, rows[0].length), flat));
  }
}
