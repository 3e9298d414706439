package dev.sidelight.bench.gateway;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.explainers.gateway.GatewayRuntime;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import dev.sidelight.explainers.gateway.GatewaySettings;
import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.SessionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints explanations per second of 64 sessions through the gateway over the same asked call by
 * call, and rows per second over 1/c when saturated. The predictor is serial: L = 4 ms and 2 us a
 * row. In real time, about 15 s: {@code java -cp 'bench/target/lib/*:bench/target/classes'
 * dev.sidelight.bench.gateway.GatewayRun}.
 */
public final class GatewayRun {

  private static final int SESSIONS = 64;
  private static final long CALL_NANOS = 4_000_000;
  private static final long ROW_NANOS = 2_000;
  private static final BatchKey KEY = new BatchKey("simulated", "1", "bench", "");

  private final ReentrantLock server = new ReentrantLock();
  private final AtomicInteger names = new AtomicInteger();

  private GatewayRun() {}

  public static void main(String[] args) {
    GatewayRun run = new GatewayRun();
    double alone = run.callByCall(100);
    double merged = run.throughGateway(20, 100, "20 rounds of 100 rows") / 100;
    System.out.printf(
        Locale.ROOT,
        "rounds/s: call by call %.0f, merged %.0f: %.1fx%n",
        alone,
        merged,
        merged / alone);
    double rows = run.throughGateway(8, 5_000, "8 rounds of 5000 rows");
    System.out.printf(
        Locale.ROOT, "saturated: %.0f rows/s, %.2f of 1/c%n", rows, rows * ROW_NANOS / 1e9);
  }

  /** Rounds per second of one client that merges nothing. */
  private double callByCall(int rows) {
    int rounds = 200;
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      predict(fresh(rows));
    }
    return rounds * 1e9 / (System.nanoTime() - start);
  }

  /** Rows per second of 64 sessions. */
  private double throughGateway(int rounds, int rows, String name) {
    long start = System.nanoTime();
    GatewayMeters meters;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        PredictorGateway gateway = gateway(threads)) {
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int s = 0; s < SESSIONS; s++) {
          callers.execute(() -> asks(gateway, rounds, rows));
        }
      }
      meters = gateway.meters();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %d calls of %.0f rows, L %.2f ms, c %.2f us, W %.1f%n",
        name,
        meters.calls(),
        (double) meters.sent() / meters.calls(),
        meters.fixedMillis(),
        1e3 * meters.perRowMillis(),
        meters.inFlightLimit());
    return meters.sent() / seconds;
  }

  private PredictorGateway gateway(ExecutorService threads) {
    return new PredictorGateway(
        GatewaySettings.forHeap(1L << 30).withLiveBudgetMillis(Double.POSITIVE_INFINITY),
        (key, rows, timeout) -> predict(rows),
        LiveTraffic.UNSEEN,
        new GatewayRuntime(System::nanoTime, threads, 1, new HashKey(1, 2)));
  }

  private void asks(PredictorGateway gateway, int rounds, int rows) {
    SessionSpec spec = SessionSpec.interactive(KEY, Duration.ofMinutes(1));
    try (PredictorGateway.Session session = gateway.open(spec).orElseThrow()) {
      for (int i = 0; i < rounds; i++) {
        session.ask(fresh(rows));
      }
    }
  }

  private Instances fresh(int rows) {
    double[] values = new double[rows * 12];
    int first = names.getAndAdd(rows);
    for (int i = 0; i < rows; i++) {
      values[12 * i] = first + i;
    }
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(rows, 12), values));
  }

  private Instances predict(Instances rows) {
    server.lock();
    try {
      long end = System.nanoTime() + CALL_NANOS + ROW_NANOS * rows.rows();
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    } finally {
      server.unlock();
    }
    return Instances.of(
        "y", new DoubleTensor(DataType.FP64, List.of(rows.rows()), new double[rows.rows()]));
  }
}
