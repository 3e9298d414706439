package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Timeouts;
import java.util.concurrent.TimeUnit;

/** How long one client may take for what: a head, a body, reading, doing nothing, leaving. */
final class ClientClock {

  /** What is read and thrown away after the last answer. */
  static final int DRAIN_BYTES = 64 << 10;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private enum Waiting {
    HEAD,
    IDLE,
    BODY,
    DRAIN
  }

  private final Loop loop;
  private final ClientConnection client;
  private final Timeouts timeouts;
  private RoutePolicy.Waits waits;
  private final Deadline reading =
      new Deadline() {
        @Override
        void expired(long nowNanos) {
          readingExpired(nowNanos);
        }
      };
  private final Deadline writing =
      new Deadline() {
        @Override
        void expired(long nowNanos) {
          writingExpired(nowNanos);
        }
      };

  private Waiting waiting = Waiting.HEAD;
  private boolean paused;
  private long bytes;
  private long progress;
  private long progressNanos;

  ClientClock(Loop loop, ClientConnection client) {
    this.loop = loop;
    this.client = client;
    this.timeouts = loop.server.config().timeouts();
    this.waits = loop.server.policy().waits();
  }

  void headFrom(long now) {
    waiting = Waiting.HEAD;
    loop.deadlines.set(reading, now + timeouts.head().toNanos());
  }

  void idleFrom(long now) {
    waiting = Waiting.IDLE;
    loop.deadlines.set(reading, now + timeouts.keepAlive().toNanos());
  }

  /** A request was given to a route: its body and its reader are timed as that says. */
  void follow(RoutePolicy policy) {
    waits = policy.waits();
  }

  void bodyFrom(long now) {
    waiting = Waiting.BODY;
    bytes = 0;
    paused = false;
    loop.deadlines.set(reading, now + waits.bodyGrace());
  }

  void bodyEnded() {
    loop.deadlines.clear(reading);
  }

  void drainFrom(long now) {
    waiting = Waiting.DRAIN;
    bytes = 0;
    loop.deadlines.set(reading, now + SECOND);
  }

  void received(int more) {
    bytes += more;
  }

  /** Counts what is thrown away; true when it was enough. */
  boolean drained(int more) {
    bytes += more;
    return bytes > DRAIN_BYTES;
  }

  /** The body is not being read, because of the backend: the client is not to blame. */
  void paused() {
    paused = true;
  }

  /** Something waits to be read by the client. */
  void writing(long now) {
    if (!writing.isSet()) {
      progress = client.progress();
      progressNanos = now;
      loop.deadlines.set(writing, now + waits.clientStall() / 4);
    }
  }

  void stop() {
    loop.deadlines.clear(reading);
    loop.deadlines.clear(writing);
  }

  private void readingExpired(long now) {
    switch (waiting) {
      case HEAD -> client.headTimedOut();
      case IDLE, DRAIN -> client.gone();
      case BODY -> {
        if (!paused && bytes < waits.bodyBytesPerSecond()) {
          client.bodyTooSlow();
        } else {
          paused = false;
          bytes = 0;
          loop.deadlines.set(reading, now + SECOND);
        }
      }
    }
  }

  private void writingExpired(long now) {
    if (client.heldBytes() == 0) {
      return;
    }
    long reached = client.progress();
    if (reached != progress) {
      progress = reached;
      progressNanos = now;
    } else if (now - progressNanos >= waits.clientStall()) {
      client.stalled();
      return;
    }
    loop.deadlines.set(writing, now + waits.clientStall() / 4);
  }
}
