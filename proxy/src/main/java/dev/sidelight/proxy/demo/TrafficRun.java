package dev.sidelight.proxy.demo;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntConsumer;

/**
 * So many requests as fast as the other side answers, on as many connections as the client has.
 * Everything happens on one event loop.
 */
final class TrafficRun {

  private final DemoTraffic traffic;
  private final TrafficClient client;
  private final int count;
  private final IntConsumer beforeEach;
  private final Promise<Integer> done = Promise.promise();
  private int sent;
  private int answered;
  private int failed;

  private TrafficRun(DemoTraffic traffic, TrafficClient client, int count, IntConsumer beforeEach) {
    this.traffic = traffic;
    this.client = client;
    this.count = count;
    this.beforeEach = beforeEach;
  }

  /**
   * @param loop where the traffic lives
   * @param beforeEach called with 0, 1, 2... before each request leaves
   * @return how many requests got no answer at all, when the last is settled
   */
  static Future<Integer> start(
      Context loop, DemoTraffic traffic, TrafficClient client, int count, IntConsumer beforeEach) {
    TrafficRun run = new TrafficRun(traffic, client, count, beforeEach);
    loop.runOnContext(go -> run.start());
    return run.done.future();
  }

  private void start() {
    if (count == 0) {
      done.complete(0);
    }
    for (int lane = 0; lane < TrafficClient.CONNECTIONS_MAX; lane++) {
      sendNext();
    }
  }

  private void sendNext() {
    if (sent == count) {
      return;
    }
    beforeEach.accept(sent++);
    client
        .send(traffic.next())
        .onComplete(
            answer -> {
              failed += answer.failed() ? 1 : 0;
              if (++answered == count) {
                done.complete(failed);
              } else {
                sendNext();
              }
            });
  }
}
