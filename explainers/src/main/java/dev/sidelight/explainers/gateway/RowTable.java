package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every row from the moment it is asked until it is answered: asked of the cache, joined to an
 * equal one, queued, sent, answered or dropped. Guarded by the gateway's lock.
 */
final class RowTable {

  /** Rows taken in at one go, so that the lock is not held for long. */
  private static final int FEED_ROWS = 8_192;

  /** Rows one question may add before the next one's turn. */
  private static final int FEED_TURN = 1_024;

  /** Rows one question may have in the queue; its others wait with the caller. */
  private static final int AHEAD_MAX = 32_768;

  final RowQueue queue = new RowQueue();
  final RowCache cache;
  private final GatewaySettings settings;
  private final Tally tally;
  private final Map<RowHash, PendingRow> pending = new HashMap<>();
  private final ArrayDeque<Ask> hungry = new ArrayDeque<>();
  private final Set<Ask> asks = new LinkedHashSet<>();
  private long unfed;

  RowTable(GatewaySettings settings, Tally tally) {
    this.settings = settings;
    this.tally = tally;
    this.cache = new RowCache(settings.cacheBytesMax());
  }

  boolean isFull() {
    return queue.rows() >= settings.rowsQueuedMax() || queue.bytes() >= settings.bytesQueuedMax();
  }

  /** Rows waiting, those that wait for room included. */
  long waiting() {
    return queue.rows() + unfed;
  }

  void submit(Ask ask) {
    Owner owner = ask.owner;
    AskRows rows = ask.rows;
    tally.logical += rows.of().length;
    tally.asked += rows.distinct();
    owner.rowsLogical += rows.of().length;
    owner.roundTrips++;
    for (RowHash hash : rows.hashes()) {
      owner.rowsAsked += !ask.merged || owner.asked.add(hash) ? 1 : 0;
    }
    unfed += rows.distinct();
    asks.add(ask);
    hungry.addLast(ask);
  }

  /** Takes in rows as there is room, question by question in turn. */
  void feed(long now) {
    int budget = FEED_ROWS;
    int idle = 0;
    while (idle < hungry.size() && (budget > 0 || queue.isEmpty())) {
      Ask ask = hungry.removeFirst();
      int fed = feed(ask, now);
      budget -= fed;
      idle = fed == 0 ? idle + 1 : 0;
      if (ask.isDone()) {
        end(ask);
      } else if (ask.fed < ask.rows.distinct()) {
        hungry.addLast(ask);
      }
    }
  }

  private int feed(Ask ask, long now) {
    int from = ask.fed;
    int to = Math.min(ask.rows.distinct(), from + FEED_TURN);
    while (ask.fed < to && !isFull() && ask.owner.waiting.size() < AHEAD_MAX) {
      int at = ask.fed++;
      unfed--;
      admit(ask, at, now);
    }
    return ask.fed - from;
  }

  private void admit(Ask ask, int at, long now) {
    RowHash hash = ask.rows.hashes().get(at);
    RowValues known = ask.merged ? cache.get(hash, now) : null;
    if (known != null) {
      tally.cached++;
      ask.owner.cacheHits++;
      ask.answer(at, known);
      return;
    }
    PendingRow equal = ask.merged ? pending.get(hash) : null;
    if (equal != null) {
      tally.joined++;
      ask.owner.cacheHits++;
      equal.join(ask, at);
      return;
    }
    PendingRow row = new PendingRow(ask, at, ask.merged, now);
    if (row.merged) {
      pending.put(hash, row);
    }
    queue.add(row);
  }

  /** Later questions for the row are answered by this, for a while. */
  void know(Lane lane, RowHash hash, RowValues output, long now) {
    Duration ttl =
        lane.key.revision().isEmpty() ? settings.cacheTtlUnversioned() : settings.cacheTtl();
    cache.put(hash, output, now + ttl.toNanos());
  }

  /** Ends a question: what it has waiting goes to others who want it, or leaves the queue. */
  void drop(Ask ask, PredictorException why) {
    ask.fail(why);
    end(ask);
    for (PendingRow row : queue.drain(ask.owner)) {
      tally.dropped++;
      if (row.adopt()) {
        tally.joined--;
        row.ask.owner.cacheHits--;
        queue.add(row);
      } else {
        forget(row);
      }
    }
  }

  void dropAll(PredictorException why) {
    for (Ask ask : List.copyOf(asks)) {
      drop(ask, why);
    }
  }

  /** The rows' askers get this failure instead of answers. */
  void giveUp(List<PendingRow> rows, PredictorException why) {
    Set<Ask> failed = new LinkedHashSet<>();
    for (PendingRow row : rows) {
      forget(row);
      failed.add(row.ask);
      for (PendingRow.Waiter w = row.others; w != null; w = w.next()) {
        failed.add(w.ask());
      }
    }
    for (Ask ask : failed) {
      if (!ask.isDone()) {
        drop(ask, why);
      }
    }
  }

  void deliver(PendingRow row, RowValues output, long now) {
    if (!output.finite()) {
      refuse(row, Ask.NOT_FINITE);
      return;
    }
    forget(row);
    if (row.merged) {
      know(row.ask.lane, row.hash, output, now);
    }
    if (!row.adopt()) {
      tally.wasted++;
    }
    row.answer(output);
    endDone(row);
  }

  void refuse(PendingRow row, @Nullable String why) {
    forget(row);
    tally.failed++;
    row.refuse(why == null ? "no reason given" : why);
    endDone(row);
  }

  /** Before a row is sent again: false, and forgotten, if nobody waits for it any more. */
  boolean isWanted(PendingRow row) {
    boolean wanted = row.adopt();
    if (!wanted) {
      forget(row);
      tally.wasted++;
    }
    return wanted;
  }

  private void endDone(PendingRow row) {
    if (row.ask.isDone()) {
      end(row.ask);
    }
    for (PendingRow.Waiter w = row.others; w != null; w = w.next()) {
      if (w.ask().isDone()) {
        end(w.ask());
      }
    }
  }

  private void end(Ask ask) {
    if (!asks.remove(ask)) {
      return;
    }
    int left = ask.rows.distinct() - ask.fed;
    if (left > 0) {
      ask.fed += left;
      unfed -= left;
      tally.dropped += left;
      hungry.remove(ask);
    }
    ask.owner.queueNanos += Math.max(0, ask.lastSentAt - ask.submittedAt);
  }

  private void forget(PendingRow row) {
    if (row.merged) {
      pending.remove(row.hash, row);
    }
  }
}
