package dev.sidelight.bench;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.Payload;
import dev.sidelight.logger.spool.Spool;
import dev.sidelight.logger.spool.SpoolSettings;
import dev.sidelight.logger.spool.SpoolStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event loop pays to hand an exchange over, and how long until the disk has it. Bursts that
 * fit into the ring, each begun with an empty one: at full speed the loop would only measure the
 * disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 100)
@Measurement(iterations = 60)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class SpoolBench {

  private static final int BURST = 4096;

  private final Payload request = Payload.of(new byte[650]);
  private final Payload response = Payload.of(new byte[200]);
  private final Exchanges exchanges = new Exchanges();
  private @Nullable Path dir;
  private @Nullable Spool spool;
  private @Nullable EventSink sink;

  @Setup
  public void open() throws IOException {
    dir = Files.createTempDirectory("spool-bench");
    spool = Spool.open(SpoolSettings.of(dir, 1));
    sink = spool.sink(0);
  }

  @TearDown
  public void close() throws IOException {
    made(spool).close();
    Directory.delete(made(dir));
  }

  @Setup(Level.Iteration)
  public void awaitEmpty() {
    SpoolStats stats = made(spool).stats();
    while (stats.queueEvents() > 0 || stats.queueBytes() > 0) {
      LockSupport.parkNanos(1_000_000);
      stats = made(spool).stats();
    }
  }

  /** On the loop: the records of the event and the offer. */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public int offer() {
    int accepted = 0;
    EventSink loop = made(sink);
    for (int i = 0; i < BURST; i++) {
      if (Exchanges.offer(loop, exchanges.whole(request, response)) == EventSink.Offer.ACCEPTED) {
        accepted++;
      }
    }
    if (accepted != BURST) {
      throw new IllegalStateException("only " + accepted + " of a burst were accepted");
    }
    return accepted;
  }

  /** From the first offer until the last event is durable. */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public int durable() {
    int accepted = offer();
    while (made(spool).stats().queueBytes() > 0) {
      LockSupport.parkNanos(50_000);
    }
    return accepted;
  }

  private static <T> T made(@Nullable T field) {
    if (field == null) {
      throw new IllegalStateException("the benchmark was not set up");
    }
    return field;
  }
}
