package dev.sidelight.proxy.http;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after a server from outside its loops: pressure, health of backends, their names. */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final double FULL_LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * The least lag of the last second counts, as in CoDel (Nichols & Jacobson 2012): a loop that is
   * late once was interrupted, one that is never in time has too much to do.
   */
  private static final int LAGS = 10;

  private final ServerState server;
  private final List<LoopGauge> gauges;
  private final List<MemoryPoolMXBean> oldPools = oldPools();
  private final HealthProbe health;
  private final long[] recentLags = new long[LAGS];
  private int measured;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          run -> Thread.ofPlatform().name("sidelight-watch").daemon().unstarted(run));

  Watch(ServerState server, List<Loop> loops) {
    this.server = server;
    this.gauges =
        loops.stream()
            .map(
                loop ->
                    new LoopGauge(
                        loop::run, System::nanoTime, loop::heldBytes, server.metrics()::loopLag))
            .toList();
    this.health = new HealthProbe(server);
  }

  /**
   * @param accepts told whether new connections are to be accepted
   */
  void start(Consumer<Boolean> accepts) {
    var pressure =
        executor.scheduleWithFixedDelay(
            () -> guarded(() -> measure(accepts)), 100, 100, TimeUnit.MILLISECONDS);
    var names =
        executor.scheduleWithFixedDelay(
            () -> guarded(() -> apart(this::resolve)), 30, 30, TimeUnit.SECONDS);
    var probes =
        executor.scheduleWithFixedDelay(
            () -> guarded(() -> apart(health::tick)), 100, 500, TimeUnit.MILLISECONDS);
    if (pressure.isCancelled() || names.isCancelled() || probes.isCancelled()) {
      throw new IllegalStateException("the watch could not be started");
    }
  }

  /** A task that throws would never run again. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      server.unexpected(e);
    }
  }

  /** What may block does so on a thread of its own. */
  private void apart(Runnable task) {
    Thread.ofVirtual().name("sidelight-probe").start(() -> guarded(task));
  }

  private void resolve() {
    server.backends().values().forEach(BackendState::resolve);
  }

  private void measure(Consumer<Boolean> accepts) {
    double pressure = pressure();
    int before = server.shedder().level();
    if (server.shedder().update(pressure)) {
      int now = server.shedder().level();
      LOG.info("shedding level {} after {}, pressure {} %", now, before, (int) (pressure * 100));
      if (now >= 3 != before >= 3) {
        accepts.accept(now < 3);
      }
    }
    gauges.forEach(LoopGauge::ask);
  }

  private double pressure() {
    long held = gauges.stream().mapToLong(LoopGauge::heldBytes).sum();
    double inFlight = (double) held / server.config().limits().inFlightBytesMax().bytes();
    double direct =
        (double) PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
            / Math.max(1, PlatformDependent.maxDirectMemory());
    double late = steadyLag() / FULL_LAG_NANOS;
    return Math.max(Math.max(inFlight, direct), Math.max(heap(), late));
  }

  private long steadyLag() {
    recentLags[measured++ % LAGS] = gauges.stream().mapToLong(LoopGauge::lateNanos).max().orElse(0);
    long least = Long.MAX_VALUE;
    for (long each : recentLags) {
      least = Math.min(least, each);
    }
    return least;
  }

  /** The share of the heap that the last collection left. */
  private double heap() {
    double most = 0;
    for (MemoryPoolMXBean pool : oldPools) {
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null && after.getMax() > 0) {
        most = Math.max(most, (double) after.getUsed() / after.getMax());
      }
    }
    return most;
  }

  /** Looked up once: ten lookups a second would show in the cost of a request. */
  private static List<MemoryPoolMXBean> oldPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
        .toList();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
