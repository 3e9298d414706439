package dev.sidelight.bench.accuracy;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Explains rows of a model that the other end of a pipe evaluates, so that every contender meets
 * the same model and pays for the same rows.
 *
 * <p>Big-endian. In: n columns (int, 0 ends), N background rows (int), rowsMax (int), relative
 * error to stop at (double), seed (long), mode (two bytes of length, UTF-8), x (n doubles), the
 * background (N times n doubles). Out, as often as it takes: a count (int) and count times n
 * doubles; in: count doubles. Out, at the end: -1, n values, n half widths of intervals (doubles),
 * distinct rows asked (int), round trips (int), CPU nanoseconds of the explainer (long), the
 * method; or -2 and a message when it refuses.
 */
public final class ExplainerBridge {

  private ExplainerBridge() {}

  public static void main(String[] args) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
    ShapleyExplainer explainer = new ShapleyExplainer();
    for (int n = in.readInt(); n > 0; n = in.readInt()) {
      ExplainRequest<ShapSettings> request = request(n, in);
      PipeSession session = new PipeSession(n, in, out);
      try {
        long before = CpuClock.nanos();
        Attribution answer = explainer.explain(request, session, Progress.NONE);
        write(answer, CpuClock.nanos() - before - session.waitNanos(), out);
      } catch (ExplainException refused) {
        out.writeInt(-2);
        text(String.valueOf(refused.getMessage()), out);
      }
      out.flush();
    }
  }

  private static ExplainRequest<ShapSettings> request(int n, DataInputStream in)
      throws IOException {
    int backgroundRows = in.readInt();
    int rowsMax = in.readInt();
    double relativeError = in.readDouble();
    long seed = in.readLong();
    byte[] mode = in.readNBytes(in.readUnsignedShort());
    Instances x = rows(1, n, in);
    Instances background = rows(backgroundRows, n, in);
    FeatureSchema schema =
        FeatureSchema.of(IntStream.range(0, n).mapToObj(c -> Feature.numeric("f" + c)).toList());
    double[] weights = new double[backgroundRows];
    Arrays.fill(weights, 1);
    ShapSettings settings =
        new ShapSettings(
            ShapSettings.Mode.valueOf(new String(mode, StandardCharsets.UTF_8)),
            Link.IDENTITY,
            Optional.empty(),
            OptionalInt.empty(),
            false,
            true,
            OptionalInt.empty());
    return new ExplainRequest<>(
        x,
        new ReferenceSet("sha256:bench", schema, background, weights, "file"),
        settings,
        new Budget(rowsMax, 1_000, Duration.ofHours(1), relativeError),
        seed);
  }

  private static Instances rows(int count, int n, DataInputStream in) throws IOException {
    double[] values = new double[count * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(count, n), values));
  }

  private static void write(Attribution answer, long cpuNanos, DataOutputStream out)
      throws IOException {
    out.writeInt(-1);
    OutputAttribution target = answer.targeted();
    for (double value : target.values()) {
      out.writeDouble(value);
    }
    for (Interval interval : target.intervals()) {
      out.writeDouble((interval.high() - interval.low()) / 2);
    }
    out.writeInt(Math.toIntExact(answer.cost().rowsAsked()));
    out.writeInt(answer.cost().roundTrips());
    out.writeLong(cpuNanos);
    text(answer.method(), out);
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }
}
