package dev.sidelight.proxy.demo;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who comes by: first those of the last hour, whose visits are told as fast as the proxy
 * takes them, then the live ones, then those of a changed world. Called by one thread; the requests
 * leave from one event loop.
 */
final class Visitors implements AutoCloseable {

  static final int HISTORY_REQUESTS = 3_000;
  static final Duration HISTORY = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
  private static final long PATIENCE_SECONDS = 60;

  private final Vertx vertx;
  private final Context loop;
  private final DemoSettings settings;
  private final DemoTraffic traffic;
  private final TrafficClient client;
  private final LiveTraffic live;

  /**
   * @param port of the proxy's data listener
   */
  Visitors(Vertx vertx, DemoSettings settings, Census census, int port) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.settings = settings;
    this.traffic = new DemoTraffic(census, settings.seed());
    this.client = new TrafficClient(vertx, port);
    this.live = new LiveTraffic(vertx, loop, traffic, client, settings);
  }

  /**
   * Tells the last hour. The clock is put on before each request leaves and not taken back, so with
   * many under way a request may be stamped with the time of one a little later.
   *
   * @param clock goes live at the end
   */
  void tellHistory(HistoryClock clock) throws InterruptedException {
    long end = clock.micros();
    long span = TimeUnit.NANOSECONDS.toMicros(HISTORY.toNanos());
    SplittableRandom moments = new SplittableRandom(settings.seed() + 2);
    await(
        TrafficRun.start(
            loop,
            traffic,
            client,
            HISTORY_REQUESTS,
            i -> {
              double at = (i + moments.nextDouble()) / HISTORY_REQUESTS;
              clock.advanceTo(end - span + (long) (at * span));
            }));
    clock.goLive();
  }

  /** {@code --train}: so many requests as fast as possible. */
  void train(int requests) throws InterruptedException {
    await(TrafficRun.start(loop, traffic, client, requests, i -> {}));
  }

  /** Live traffic from now on, and the drift in its time. */
  void goLive(ModelServer model) {
    live.start();
    if (settings.scenario() == Scenario.NONE) {
      return;
    }
    vertx.setTimer(
        Math.max(1, settings.driftAfter().toMillis()),
        due -> {
          live.drift(settings.scenario());
          if (settings.scenario() == Scenario.LABEL) {
            model.rollOutVersion2();
          }
        });
  }

  /** No request leaves any more; those under way are cut. */
  @Override
  public void close() {
    live.stop();
    client.close();
  }

  private static void await(Future<Integer> run) throws InterruptedException {
    try {
      int failed =
          run.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (failed > 0) {
        LOG.warn("{} requests of the demo got no answer", failed);
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException("the proxy takes no requests", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // a run counts failures, it never fails
    }
  }
}
