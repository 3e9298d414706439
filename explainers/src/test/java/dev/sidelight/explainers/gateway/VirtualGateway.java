package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The dispatcher before a simulated serial server, on a clock that jumps from event to event. */
final class VirtualGateway {

  static final BatchKey KEY = new BatchKey("m", "1", "envelope", "alice");

  /** Answers or throws, as the server would. */
  interface Server {
    Instances answer(BatchKey key, Instances rows);
  }

  private record Event(long at, Runnable what) {}

  final Dispatcher dispatcher;
  final List<int[]> calls = new ArrayList<>();
  final List<BatchKey> keys = new ArrayList<>();
  final List<Long> sentAt = new ArrayList<>();
  Server server = (key, rows) -> Rows.tenfold(rows);
  IntToDoubleFunction latencyMillis = n -> 4 + 0.002 * n;
  long now;
  private final RowHasher hasher = new RowHasher(new HashKey(1, 2));
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at));
  private long busyUntil;

  VirtualGateway(GatewaySettings settings, LiveTraffic live) {
    this.dispatcher = new Dispatcher(settings, live, 7);
  }

  VirtualGateway() {
    this(settings(), quiet());
  }

  static GatewaySettings settings() {
    return GatewaySettings.forHeap(1L << 30).withLiveBudgetMillis(Double.POSITIVE_INFINITY);
  }

  static LiveTraffic quiet() {
    return new Live();
  }

  /** Live traffic as the test says. */
  static final class Live implements LiveTraffic {
    long idleMillis = Long.MAX_VALUE;
    int requests;
    double p99Millis = Double.NaN;

    @Override
    public long idleMillis() {
      return idleMillis;
    }

    @Override
    public int requests() {
      return requests;
    }

    @Override
    public double p99Millis() {
      return p99Millis;
    }
  }

  Owner open() {
    return open(KEY, Priority.INTERACTIVE);
  }

  Owner open(BatchKey key, Priority priority) {
    Owner owner =
        dispatcher.open(new SessionSpec(key, priority, Duration.ofSeconds(20), false), now);
    assertThat(owner).isNotNull();
    return java.util.Objects.requireNonNull(owner);
  }

  Ask ask(Owner owner, Instances rows) {
    return ask(owner, rows, true);
  }

  Ask ask(Owner owner, Instances rows, boolean merged) {
    Lane lane = dispatcher.lane(owner.spec.key(), RowShape.of(rows));
    Ask ask = new Ask(owner, lane, AskRows.of(rows, lane.id, hasher, merged), merged, now);
    dispatcher.submit(ask);
    pump();
    return ask;
  }

  void at(double millis, Runnable what) {
    events.add(new Event(now + nanos(millis), what));
  }

  /** Until nothing is left to happen. */
  void run() {
    runUntil(Long.MAX_VALUE);
  }

  void runFor(double millis) {
    runUntil(now + nanos(millis));
  }

  private void runUntil(long end) {
    while (true) {
      long next =
          Math.min(dispatcher.wakeAt(), events.isEmpty() ? Long.MAX_VALUE : events.peek().at);
      if (next > end || next == Long.MAX_VALUE) {
        break;
      }
      now = Math.max(now, next);
      while (!events.isEmpty() && events.peek().at <= now) {
        events.remove().what.run();
      }
      pump();
      GatewayMeters m = dispatcher.meters();
      assertThat(m.asked())
          .isEqualTo(m.sent() + m.cached() + m.joined() + m.dropped() + m.queued());
    }
    now = end == Long.MAX_VALUE ? now : end;
  }

  void pump() {
    for (Batch b = dispatcher.poll(now); b != null; b = dispatcher.poll(now)) {
      send(b);
    }
  }

  private void send(Batch batch) {
    Instances rows = batch.gather();
    calls.add(Rows.names(rows));
    keys.add(batch.lane.key);
    sentAt.add(now);
    busyUntil = Math.max(now, busyUntil) + nanos(latencyMillis.applyAsDouble(rows.rows()));
    events.add(new Event(busyUntil, () -> end(batch, rows)));
  }

  private void end(Batch batch, Instances rows) {
    List<RowValues> outputs = List.of();
    @Nullable PredictorException failure = null;
    try {
      outputs = batch.read(server.answer(batch.lane.key, rows), batch.size());
    } catch (PredictorException e) {
      failure = e;
    }
    if (failure == null) {
      dispatcher.answered(batch, outputs, now);
    } else {
      dispatcher.failed(batch, failure, now);
    }
  }

  static long nanos(double millis) {
    return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
  }

  double millis() {
    return now / 1e6;
  }
}
