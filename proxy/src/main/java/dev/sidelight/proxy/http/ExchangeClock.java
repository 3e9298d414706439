package dev.sidelight.proxy.http;

/** How long one exchange waits for its backend: for a 100, for a head, for more of the body. */
final class ExchangeClock {

  private final Loop loop;
  private final Exchange exchange;
  private RoutePolicy.Waits waits;
  private final Deadline waiting =
      new Deadline() {
        @Override
        void expired(long nowNanos) {
          waitingExpired(nowNanos);
        }
      };
  private final Deadline expecting =
      new Deadline() {
        @Override
        void expired(long nowNanos) {
          exchange.proceed();
        }
      };

  private long limit;
  private long since;

  ExchangeClock(Loop loop, Exchange exchange) {
    this.loop = loop;
    this.exchange = exchange;
    this.waits = loop.server.policy().waits();
  }

  /** Another exchange, on a route with its own word. */
  void begin(RoutePolicy policy) {
    waits = policy.waits();
  }

  /** The client waits for a 100. */
  void expect(long now) {
    loop.deadlines.set(expecting, now + waits.expect());
  }

  /** It got one. */
  void proceeded() {
    loop.deadlines.clear(expecting);
  }

  /** The request is on its way, whole or not. */
  void response(long now) {
    limit = waits.response();
    since = now;
    if (!waiting.isSet()) {
      loop.deadlines.set(waiting, now + limit);
    }
  }

  /** The answer has begun. */
  void streaming(long now, boolean eventStream) {
    proceeded();
    limit = eventStream ? waits.streamSilence() : waits.silence();
    since = now;
    loop.deadlines.set(waiting, now + limit);
  }

  /** Something moved: cheap, the deadline itself is moved when it comes. */
  void progress(long now) {
    since = now;
  }

  void stop() {
    loop.deadlines.clear(waiting);
    loop.deadlines.clear(expecting);
  }

  private void waitingExpired(long now) {
    if (!exchange.wantsResponseData()) {
      since = now; // the client does not read: its own clock runs, the backend is not to blame
    }
    if (now - since >= limit) {
      exchange.timedOut();
    } else {
      loop.deadlines.set(waiting, since + limit);
    }
  }
}
