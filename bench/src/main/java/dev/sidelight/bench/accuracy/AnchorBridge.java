package dev.sidelight.bench.accuracy;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.anchor.AnchorExplainer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Finds anchors for a classifier that the other end of a pipe evaluates.
 *
 * <p>Big-endian. In, once: n columns and N reference rows (ints), n bytes (1 for a category), the
 * reference (N times n doubles). In, per row: 1 (int, 0 ends), the threshold (double), a seed
 * (long), x (n doubles). Out, as often as it takes: a count and count times n doubles; in: count
 * doubles, the class. Out, at the end: -1, success (byte), precision, its lower bound, coverage
 * (doubles), distinct rows and round trips (ints), CPU nanoseconds (long), the number of conditions
 * (int) and of each the column (int), low and high (doubles; equal for a value); or -2.
 */
public final class AnchorBridge {

  private final int width;
  private final ReferenceSet reference;

  private AnchorBridge(DataInputStream in) throws IOException {
    width = in.readInt();
    int rows = in.readInt();
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      boolean category = in.readByte() == 1;
      features.add(
          new Feature(
              Integer.toString(c),
              category ? FeatureKind.CATEGORICAL : FeatureKind.NUMERIC,
              List.of()));
    }
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    reference =
        new ReferenceSet(
            "sha256:bench", FeatureSchema.of(features), rows(rows, in), weights, "file");
  }

  public static void main(String[] args) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
    AnchorBridge bridge = new AnchorBridge(in);
    while (in.readInt() == 1) {
      bridge.explain(in, out);
      out.flush();
    }
  }

  private void explain(DataInputStream in, DataOutputStream out) throws IOException {
    AnchorSettings plain = AnchorSettings.defaults();
    AnchorSettings settings =
        new AnchorSettings(
            in.readDouble(),
            plain.delta(),
            plain.beam(),
            plain.rowsPerRound(),
            plain.predicatesMax(),
            plain.bins(),
            OptionalDouble.of(0),
            Optional.empty(),
            OptionalInt.empty(),
            true);
    long seed = in.readLong();
    Budget budget = new Budget(200_000, 16, Duration.ofHours(1), 0.01);
    PipeSession session = new PipeSession(width, in, out);
    try {
      long before = CpuClock.nanos();
      Anchor anchor =
          new AnchorExplainer()
              .explain(
                  new ExplainRequest<>(rows(1, in), reference, settings, budget, seed),
                  session,
                  Progress.NONE);
      write(anchor, CpuClock.nanos() - before - session.waitNanos(), out);
    } catch (ExplainException refused) {
      out.writeInt(-2);
    }
  }

  private Instances rows(int count, DataInputStream in) throws IOException {
    double[] values = new double[count * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(count, width), values));
  }

  private static void write(Anchor anchor, long cpuNanos, DataOutputStream out) throws IOException {
    out.writeInt(-1);
    out.writeBoolean(anchor.success());
    out.writeDouble(anchor.precision());
    out.writeDouble(anchor.precisionLowerBound());
    out.writeDouble(anchor.coverage());
    out.writeInt(Math.toIntExact(anchor.cost().rowsAsked()));
    out.writeInt(anchor.cost().roundTrips());
    out.writeLong(cpuNanos);
    out.writeInt(anchor.predicates().size());
    for (AnchorPredicate predicate : anchor.predicates()) {
      Condition condition = predicate.condition();
      out.writeInt(Integer.parseInt(condition.feature()));
      out.writeDouble(low(condition));
      out.writeDouble(high(condition));
    }
  }

  private static double low(Condition condition) {
    return switch (condition) {
      case Condition.Equal equal -> Double.parseDouble(equal.value().text());
      case Condition.Above above -> above.low();
      case Condition.AtMost _ -> Double.NEGATIVE_INFINITY;
      case Condition.Within within -> within.low();
      case Condition.Kept _ -> throw new IllegalStateException("a table has no words");
    };
  }

  private static double high(Condition condition) {
    return switch (condition) {
      case Condition.Equal equal -> Double.parseDouble(equal.value().text());
      case Condition.Above _ -> Double.POSITIVE_INFINITY;
      case Condition.AtMost most -> most.high();
      case Condition.Within within -> within.high();
      case Condition.Kept _ -> throw new IllegalStateException("a table has no words");
    };
  }
}
