package dev.sidelight.bench;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.explainers.gateway.GatewayRuntime;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import dev.sidelight.explainers.gateway.GatewaySettings;
import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.PredictorGateway.Session;
import dev.sidelight.explainers.gateway.SessionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 64 explanations at once before a serial model, through the gateway and without it; the live
 * budget is off. Every row is new: neither the cache nor de-duplication helps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 6)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class GatewayBench {

  private static final int SESSIONS = 64;
  private static final int ROUNDS = 8;
  private static final int FEATURES = 12;
  private static final int ROWS_SMALL = 20;
  private static final int ROWS_LARGE = 2_000;
  private static final BatchKey KEY = new BatchKey("m", "1", "envelope", "caller");

  private final SerialModel model = new SerialModel();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PredictorGateway gateway =
      new PredictorGateway(
          GatewaySettings.forHeap(1L << 30).withLiveBudgetMillis(Double.POSITIVE_INFINITY),
          model,
          NO_LIVE_TRAFFIC,
          new GatewayRuntime(System::nanoTime, threads, 1, new HashKey(1, 2)));
  private double rowsMade;

  private static final LiveTraffic NO_LIVE_TRAFFIC =
      new LiveTraffic() {
        @Override
        public long idleMillis() {
          return Long.MAX_VALUE;
        }

        @Override
        public int requests() {
          return 0;
        }

        @Override
        public double p99Millis() {
          return Double.NaN;
        }
      };

  @TearDown
  public void close() {
    gateway.close();
    threads.close();
  }

  /** Per explanation of 8 round trips with 20 rows each. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS)
  public long explanationsTogether() throws InterruptedException, ExecutionException {
    return all(ROUNDS, ROWS_SMALL, this::throughGateway);
  }

  /** The same by clients that know nothing of each other: one call per round trip. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS)
  @Measurement(iterations = 3)
  @Warmup(iterations = 1)
  public long explanationsOneAtATime() throws InterruptedException, ExecutionException {
    return all(ROUNDS, ROWS_SMALL, this::straight);
  }

  /** Per row when the model is saturated; the model itself needs 2 us. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * ROWS_LARGE * 2)
  public long rowsSaturated() throws InterruptedException, ExecutionException {
    return all(2, ROWS_LARGE, this::throughGateway);
  }

  private interface Way {
    long explain(List<Instances> rounds);
  }

  private long all(int rounds, int rows, Way way) throws InterruptedException, ExecutionException {
    List<Callable<Long>> explanations = new ArrayList<>();
    for (int s = 0; s < SESSIONS; s++) {
      List<Instances> asked = new ArrayList<>();
      for (int r = 0; r < rounds; r++) {
        asked.add(newRows(rows));
      }
      explanations.add(() -> way.explain(asked));
    }
    long answered = 0;
    for (Future<Long> explanation : threads.invokeAll(explanations)) {
      answered += explanation.get();
    }
    return answered;
  }

  private Instances newRows(int n) {
    double[] values = new double[n * FEATURES];
    for (int i = 0; i < n; i++) {
      values[i * FEATURES] = rowsMade++;
    }
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(n, FEATURES), values));
  }

  private long throughGateway(List<Instances> rounds) {
    long answered = 0;
    SessionSpec spec = SessionSpec.interactive(KEY, Duration.ofMinutes(1));
    try (Session session = gateway.open(spec).orElseThrow()) {
      for (Instances rows : rounds) {
        answered += session.ask(rows).outputs().rows();
      }
    }
    return answered;
  }

  private long straight(List<Instances> rounds) {
    long answered = 0;
    for (Instances rows : rounds) {
      answered += model.predict(KEY, rows, 60_000).rows();
    }
    return answered;
  }
}
