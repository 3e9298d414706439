package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as a state machine: told what happens and what time it is, it says which call to make
 * next. Starts no thread, reads no clock, waits for nothing. Guarded by the gateway's lock.
 */
final class Dispatcher {

  private static final int LANES_MAX = 1_024;
  private static final int RETRIES = 3;
  private static final long RETRY_BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_AFTER_MAX_MILLIS = 10_000;
  private static final double HOLD_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private record LaneKey(BatchKey key, RowShape shape) {}

  private final Map<LaneKey, Lane> lanes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LaneKey, Lane> eldest) {
          return size() > LANES_MAX;
        }
      };
  private final Tally tally = new Tally();
  private final RowTable table;
  private final Regulators regulators;
  private final Repairs repairs;
  private final SplittableRandom jitter;
  private @Nullable String revision;
  private long laneIds;
  private int sessions;
  private int inFlight;
  private long holdSince = -1;
  private long yieldSince = -1;
  private long wakeAt = Long.MAX_VALUE;

  Dispatcher(GatewaySettings settings, LiveTraffic live, long seed) {
    this.table = new RowTable(settings, tally);
    this.regulators = new Regulators(settings, live);
    this.repairs = new Repairs(table, regulators.sizer);
    this.jitter = new SplittableRandom(seed);
  }

  /** Null when the queue is full. */
  @Nullable Owner open(SessionSpec spec, long now) {
    if (!spec.key().revision().equals(revision)) {
      if (revision != null) {
        regulators.newRevision();
        forgetAnswers();
      }
      revision = spec.key().revision();
    }
    if (table.isFull()) {
      return null;
    }
    sessions++;
    return new Owner(spec, now);
  }

  Lane lane(BatchKey key, RowShape shape) {
    return lanes.computeIfAbsent(new LaneKey(key, shape), k -> new Lane(key, shape, laneIds++));
  }

  boolean isNoisy() {
    return regulators.noise.isNoisy();
  }

  void forgetAnswers() {
    table.cache.clear();
    lanes.clear();
  }

  void rowsPerCallMax(int rows) {
    regulators.sizer.serverMax(rows);
  }

  void know(Lane lane, RowHash hash, RowValues output, long now) {
    boolean fits = lane.outputs == null || lane.outputs.fits(output.shape());
    if (fits && output.finite() && !isNoisy()) {
      table.know(lane, hash, output, now);
    }
  }

  /** A question dropped before it came here asks for nothing. */
  void submit(Ask ask) {
    if (!ask.isDone()) {
      table.submit(ask);
    }
  }

  void drop(Ask ask, PredictorException why) {
    if (!ask.isDone()) {
      table.drop(ask, why);
    }
  }

  void close(Owner owner) {
    if (!owner.gone) {
      owner.gone = true;
      sessions--;
    }
  }

  void shutDown(PredictorException why) {
    table.dropAll(why);
    repairs.clear();
  }

  /** The call to make now, if any; ask again until there is none. */
  @Nullable Batch poll(long now) {
    wakeAt = Long.MAX_VALUE;
    table.feed(now);
    long due = Math.min(repairs.nextAt(), table.queue.isEmpty() ? Long.MAX_VALUE : now);
    if (due == Long.MAX_VALUE) {
      yielded(now, false);
      return null;
    }
    if (inFlight >= regulators.limiter.limit()) {
      return null; // the next answer asks again
    }
    long gate = Math.max(regulators.serverNotBefore(now), due);
    if (gate <= now) {
      gate = regulators.live.notBefore(now, inFlight, regulators.limiter);
      yielded(now, gate > now);
    }
    if (gate > now) {
      wakeAt = gate;
      return null;
    }
    Batch again = repairs.next(now);
    return again != null ? send(again, now) : fromQueue(now);
  }

  /** When to ask again if nothing else happens; {@link Long#MAX_VALUE}: not at all. */
  long wakeAt() {
    return wakeAt;
  }

  private @Nullable Batch fromQueue(long now) {
    if (table.queue.isEmpty()) {
      wakeAt = repairs.nextAt();
      return null;
    }
    Lane lane = table.queue.next();
    int rows = regulators.batchRows(table.queue.rowBytes());
    long aligned = alignedAt(rows, now);
    if (aligned > now) {
      wakeAt = Math.min(aligned, repairs.nextAt());
      return null;
    }
    holdSince = -1;
    Batch batch = repairs.fresh(lane, table.queue.take(lane, rows));
    if (batch.rows.size() < regulators.sizer.serverMax()) {
      batch.ride = regulators.noise.ride(lane, batch.rows.getFirst().values);
    }
    return send(batch, now);
  }

  /*
   * A lone owner's rows wait a moment for those of the others, who were answered by the same call and
   * are about to ask: their explanations then go on in step and share every call.
   */
  private long alignedAt(int rows, long now) {
    RowQueue queue = table.queue;
    if (queue.owners() > 1 || sessions < 2 || queue.rows() >= rows) {
      return now;
    }
    if (holdSince < 0) {
      holdSince = now;
    }
    double quarter = regulators.fit.fixed() / 4 * TimeUnit.MILLISECONDS.toNanos(1);
    return holdSince + (long) Math.min(HOLD_MAX_NANOS, quarter);
  }

  private Batch send(Batch batch, long now) {
    inFlight++;
    batch.sentAt = now;
    batch.alone = inFlight == 1;
    batch.breakerProbe = regulators.breaker.isHalfOpen();
    regulators.breaker.sending();
    batch.timeoutMillis = regulators.timeoutMillis(batch.size());
    tally.calls++;
    tally.resent += batch.size() - batch.rows.size();
    for (PendingRow row : batch.rows) {
      Owner owner = row.ask.owner;
      if (row.sent) {
        tally.resent++;
      } else {
        row.sent = true;
        tally.sent++;
        tally.queueWaitNanos += now - row.since;
        owner.rowsSent++;
        row.ask.lastSentAt = now;
      }
      if (owner.lastCall != tally.calls) {
        owner.lastCall = tally.calls;
        owner.backendCalls++;
      }
    }
    return batch;
  }

  /**
   * @param outputs one per row sent, the noise probe's last
   */
  void answered(Batch batch, List<RowValues> outputs, long now) {
    inFlight--;
    regulators.answered(batch, batch.size(), now);
    regulators.live.ended(now, now - batch.sentAt);
    if (batch.suspect != null) {
      repairs.isolate(batch.suspect, reason(batch.suspect));
      return;
    }
    List<RowValues> own = outputs.subList(0, batch.rows.size());
    RowShape shape = outputs.getFirst().shape();
    Lane lane = batch.lane;
    if (lane.outputs != null && !lane.outputs.fits(shape)) {
      lane.outputs = shape; // a model that was exchanged silently is served from here on
      table.cache.clear();
      table.giveUp(
          batch.rows,
          new PredictorException(Kind.BAD_RESPONSE, "the model changed the shape of its outputs"));
      return;
    }
    lane.outputs = shape;
    probe(batch, own, outputs);
    if (own.isEmpty()) {
      return;
    }
    if (lane.knownGood == null && own.getFirst().finite()) {
      lane.knownGood = batch.rows.getFirst().values;
    }
    for (int i = 0; i < own.size(); i++) {
      table.deliver(batch.rows.get(i), own.get(i), now);
    }
    repairs.passed(batch);
  }

  private void probe(Batch batch, List<RowValues> own, List<RowValues> outputs) {
    if (batch.ride != null) {
      regulators.noise.answered(batch.lane, own, outputs.getLast());
    } else if (regulators.sizer.serverMax() == 1) {
      // No two rows fit into a call of this model: the probe's row goes alone.
      RowValues input = batch.rows.getFirst().values;
      RowValues ride = regulators.noise.rideAlone(batch.lane, input, own.getFirst());
      if (ride != null) {
        repairs.alone(batch.lane, ride);
      }
    }
  }

  void failed(Batch batch, PredictorException why, long now) {
    inFlight--;
    regulators.live.ended(now, now - batch.sentAt);
    if (batch.ride != null) {
      batch.ride = null;
      regulators.noise.lost(batch.lane);
    }
    batch.failure = why;
    if (batch.size() == 0) {
      regulators.breaker.undecided();
      return;
    }
    switch (why.kind()) {
      case UNREACHABLE, TIMEOUT, OVERLOADED -> unavailable(batch, why, now);
      case REFUSED -> refused(batch, why);
      case TOO_LARGE -> {
        regulators.breaker.alive();
        if (batch.suspect == null) {
          regulators.sizer.lower(batch.rows.size() / 2);
          repairs.halve(batch, reason(batch));
        } else {
          giveUp(batch, why);
        }
      }
      case BAD_RESPONSE -> {
        regulators.breaker.failed(now);
        if (batch.suspect != null || !repairs.separate(batch, reason(batch))) {
          giveUp(batch, why);
        }
      }
      case FORBIDDEN, CANCELLED -> {
        regulators.breaker.undecided();
        giveUp(batch, why);
      }
    }
  }

  private void refused(Batch batch, PredictorException why) {
    regulators.breaker.alive();
    if (batch.suspect == null) {
      repairs.isolate(batch, reason(batch));
    } else {
      giveUp(batch, why);
    }
  }

  private void unavailable(Batch batch, PredictorException why, long now) {
    if (why.kind() != Kind.UNREACHABLE) {
      regulators.limiter.overloaded();
    }
    if (why.kind() == Kind.TIMEOUT) {
      regulators.timedOut();
    }
    regulators.breaker.failed(now);
    if (batch.suspect != null || batch.breakerProbe) {
      giveUp(batch, why);
    } else if (batch.attempt < RETRIES) {
      retry(batch, why, now);
    } else if (why.status() == 503 && batch.lane.knownGood != null) {
      repairs.suspect(batch);
    } else {
      giveUp(batch, why);
    }
  }

  private void retry(Batch batch, PredictorException why, long now) {
    tally.retried(why.kind());
    long delay = (long) (jitter.nextDouble() * (RETRY_BASE_NANOS << batch.attempt));
    long wish = Math.clamp(why.retryAfterMillis(), 0, RETRY_AFTER_MAX_MILLIS);
    if (wish > 0) {
      long until = now + TimeUnit.MILLISECONDS.toNanos(wish);
      regulators.retryAfter(until);
      delay = Math.max(delay, until - now);
    }
    batch.attempt++;
    batch.notBefore = now + delay;
    repairs.add(batch);
  }

  private void giveUp(Batch batch, PredictorException why) {
    Batch suspect = batch.suspect;
    PredictorException first = suspect == null ? null : suspect.failure;
    table.giveUp(suspect == null ? batch.rows : suspect.rows, first == null ? why : first);
  }

  private static String reason(Batch batch) {
    PredictorException failure = batch.failure;
    String message = failure == null ? null : failure.getMessage();
    return message == null ? "no reason given" : message;
  }

  private void yielded(long now, boolean yielding) {
    if (yieldSince >= 0) {
      tally.yieldNanos += now - yieldSince;
    }
    yieldSince = yielding ? now : -1;
  }

  GatewayMeters meters() {
    double milli = TimeUnit.MILLISECONDS.toNanos(1);
    return new GatewayMeters(
        tally.logical,
        tally.asked,
        tally.sent,
        tally.cached,
        tally.joined,
        tally.dropped,
        table.waiting(),
        tally.wasted,
        tally.failed,
        tally.resent,
        tally.calls,
        tally.retries(),
        tally.queueWaitNanos / milli,
        tally.yieldNanos / milli,
        regulators.fit.fixed(),
        regulators.fit.perRow(),
        regulators.limiter.exact(),
        regulators.live.rowsMax(regulators.fit),
        inFlight,
        sessions);
  }
}
