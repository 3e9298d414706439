package dev.sidelight.explainers.gateway;

import dev.sidelight.explainers.gateway.Batch.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Batches to be sent again, whole or in parts. Many servers fail a whole call for one bad row:
 * first each owner's rows go alone, so that nobody pays for another's rows; then halves, until bad
 * rows stand alone. Guarded by the gateway's lock.
 */
final class Repairs {

  /** Calls one explanation may cost beyond its own because rows of it were refused. */
  static final int EXTRA_CALLS_MAX = 64;

  private final RowTable table;
  private final BatchSizer sizer;
  private final PriorityQueue<Batch> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong((Batch b) -> b.notBefore).thenComparingLong(b -> b.id));
  private long ids;

  Repairs(RowTable table, BatchSizer sizer) {
    this.table = table;
    this.sizer = sizer;
  }

  Batch fresh(Lane lane, List<PendingRow> rows) {
    return new Batch(ids++, lane, rows, null, null);
  }

  void add(Batch batch) {
    waiting.add(batch);
  }

  /** Asks for a row known to be good, to learn who is to blame. */
  void suspect(Batch suspect) {
    waiting.add(new Batch(ids++, suspect.lane, new ArrayList<>(), suspect, null));
  }

  /** The noise probe's row, by itself. */
  void alone(Lane lane, RowValues ride) {
    Batch batch = fresh(lane, new ArrayList<>());
    batch.ride = ride;
    waiting.add(batch);
  }

  /** When the first of them is due; {@link Long#MAX_VALUE} if there is none. */
  long nextAt() {
    Batch head = waiting.peek();
    return head == null ? Long.MAX_VALUE : head.notBefore;
  }

  /** One that is due, without the rows nobody waits for any more. */
  @Nullable Batch next(long now) {
    while (nextAt() <= now) {
      Batch batch = waiting.remove();
      List<PendingRow> rows = batch.suspect == null ? batch.rows : batch.suspect.rows;
      rows.removeIf(row -> !table.isWanted(row));
      if (!rows.isEmpty() || batch.ride != null) {
        return batch;
      }
      notPassed(batch);
    }
    return null;
  }

  /** The server refused these rows together: find the ones it means. */
  void isolate(Batch batch, String why) {
    notPassed(batch);
    if (batch.rows.size() == 1) {
      table.refuse(batch.rows.getFirst(), why);
      return;
    }
    Map<Owner, List<PendingRow>> byOwner = byOwner(batch.rows);
    if (byOwner.size() == 1) {
      halve(batch, why);
      return;
    }
    byOwner.forEach((owner, rows) -> part(batch, rows, null, owner, why));
  }

  /** Cuts a batch in two; its rows are refused once their owner has had his extra calls. */
  void halve(Batch batch, String why) {
    List<PendingRow> rows = batch.rows;
    if (rows.size() == 1) {
      table.refuse(rows.getFirst(), why);
      return;
    }
    int half = (rows.size() + 1) / 2;
    Split split = new Split(half);
    Owner owner = rows.getFirst().ask.owner;
    part(batch, rows.subList(0, half), split, owner, why);
    part(batch, rows.subList(half, rows.size()), split, owner, why);
  }

  /** Cuts a batch by owner, if it has several. */
  boolean separate(Batch batch, String why) {
    Map<Owner, List<PendingRow>> byOwner = byOwner(batch.rows);
    if (byOwner.size() > 1) {
      byOwner.forEach((owner, rows) -> part(batch, rows, null, owner, why));
    }
    return byOwner.size() > 1;
  }

  private void part(
      Batch of, List<PendingRow> rows, @Nullable Split split, Owner payer, String why) {
    if (payer.extraCalls >= EXTRA_CALLS_MAX) {
      if (split != null) {
        split.passed = false;
      }
      rows.forEach(row -> table.refuse(row, why));
      return;
    }
    payer.extraCalls++;
    waiting.add(new Batch(ids++, of.lane, new ArrayList<>(rows), null, split));
  }

  /** Both halves of a refused batch passing means that it was only too large. */
  void passed(Batch batch) {
    Split whole = batch.whole;
    if (whole != null && --whole.open == 0 && whole.passed) {
      sizer.lower(whole.half);
    }
  }

  private static void notPassed(Batch batch) {
    if (batch.whole != null) {
      batch.whole.passed = false;
    }
  }

  private static Map<Owner, List<PendingRow>> byOwner(List<PendingRow> rows) {
    Map<Owner, List<PendingRow>> byOwner = new LinkedHashMap<>();
    for (PendingRow row : rows) {
      byOwner.computeIfAbsent(row.ask.owner, o -> new ArrayList<>()).add(row);
    }
    return byOwner;
  }

  void clear() {
    waiting.clear();
  }
}
