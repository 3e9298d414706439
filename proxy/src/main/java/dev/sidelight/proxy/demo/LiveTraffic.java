package dev.sidelight.proxy.demo;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.SplittableRandom;

/**
 * Visitors who come at random moments, so many per second on average (a Poisson process). When the
 * other side is slower than they are, some go away unheard: at most as many wait as there are
 * connections. Everything happens on one event loop.
 */
final class LiveTraffic {

  private static final int TICK_MILLIS = 5;

  private final Vertx vertx;
  private final Context loop;
  private final DemoTraffic traffic;
  private final TrafficClient client;
  private final double rate;
  private final SplittableRandom gaps; // not the traffic's: its requests must not depend on time
  private long due = System.nanoTime();
  private long timer;
  private int waiting;

  LiveTraffic(
      Vertx vertx, Context loop, DemoTraffic traffic, TrafficClient client, DemoSettings settings) {
    this.vertx = vertx;
    this.loop = loop;
    this.traffic = traffic;
    this.client = client;
    this.rate = settings.rate();
    this.gaps = new SplittableRandom(settings.seed() + 1);
  }

  void start() {
    loop.runOnContext(
        go -> {
          due = System.nanoTime();
          timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendDue());
        });
  }

  /** From the next request on. */
  void drift(Scenario scenario) {
    loop.runOnContext(go -> traffic.drift(scenario));
  }

  void stop() {
    loop.runOnContext(go -> vertx.cancelTimer(timer));
  }

  private void sendDue() {
    long now = System.nanoTime();
    while (now - due >= 0) {
      due += (long) (-Math.log(1 - gaps.nextDouble()) / rate * 1e9);
      DemoRequest request = traffic.next();
      if (waiting < TrafficClient.CONNECTIONS_MAX) {
        waiting++;
        client.send(request).onComplete(answer -> waiting--);
      }
    }
  }
}
