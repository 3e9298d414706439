package dev.sidelight.proxy.demo;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code sidelight demo}: the model, a proxy in front of it, an hour of history told through the
 * proxy's own tap, then live visitors. Everything is on loopback, in this program.
 *
 * <p>{@link #run} blocks the thread that calls it; {@link #stop} ends it from any other.
 */
public final class Demo {

  private static final long STOP_SECONDS = 15;
  private static final long FOREVER_SECONDS = TimeUnit.DAYS.toSeconds(10_000);

  private final Vertx vertx;
  private final DemoSettings settings;
  private final DemoProxy.Starter starter;
  private final InstantSource truth;
  private final DemoTerminal terminal;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param vertx for the model and the traffic; stays open
   * @param truth the wall clock
   */
  public Demo(
      Vertx vertx,
      DemoSettings settings,
      DemoProxy.Starter starter,
      InstantSource truth,
      DemoTerminal terminal) {
    this.vertx = vertx;
    this.settings = settings;
    this.starter = starter;
    this.truth = truth;
    this.terminal = terminal;
  }

  /**
   * Runs, once, until {@link #stop} is called or the settings say so.
   *
   * @param version of the program, for the first line
   * @throws IOException when the folder for the data cannot be made or written
   * @throws InterruptedException when the thread is interrupted; everything has been stopped then
   */
  public void run(String version) throws IOException, InterruptedException {
    try {
      if (settings.onlyModel().isPresent()) {
        runModel(settings.onlyModel().getAsInt());
      } else {
        runAll(version);
      }
    } finally {
      ended.countDown();
    }
  }

  /** Ends {@link #run} and waits, within bounds, until everything is stopped and put away. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    ended.await(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void runModel(int port) throws InterruptedException {
    ModelServer model = ModelServer.start(vertx, port, settings.latency()).await();
    try {
      terminal.modelOnly(model.port());
      awaitEnd(() -> {});
    } finally {
      model.close().await();
    }
  }

  private void runAll(String version) throws IOException, InterruptedException {
    CompletableFuture<Census> reading = CompletableFuture.supplyAsync(Census::load);
    HistoryClock clock = new HistoryClock(truth);
    DataFolder folder = DataFolder.open(settings.dataDir());
    try {
      ModelServer model = ModelServer.start(vertx, 0, ModelLatency.NONE).await();
      try (DemoProxy proxy = starter.start(model.port(), folder.path(), clock)) {
        Census census = reading.join();
        Path row = folder.writeRow(census);
        try (Visitors visitors = new Visitors(vertx, settings, census, proxy.dataPort())) {
          visitors.tellHistory(clock);
          terminal.started(version, settings.seed(), proxy, row);
          receive(visitors, model, proxy);
        }
        terminal.finished(proxy.counts());
      } finally {
        model.close().await();
      }
    } finally {
      folder.close();
    }
  }

  private void receive(Visitors visitors, ModelServer model, DemoProxy proxy)
      throws InterruptedException {
    if (settings.train() > 0) {
      visitors.train(settings.train());
      return;
    }
    model.setLatency(settings.latency());
    visitors.goLive(model);
    awaitEnd(() -> terminal.counts(proxy.counts()));
  }

  private void awaitEnd(Runnable eachSecond) throws InterruptedException {
    Duration life = settings.exitAfter().orElse(Duration.ofSeconds(FOREVER_SECONDS));
    long end = System.nanoTime() + life.toNanos();
    long left = life.toNanos();
    while (left > 0
        && !stopped.await(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS)) {
      eachSecond.run();
      left = end - System.nanoTime();
    }
  }
}
