package dev.sidelight.explainers.gateway;

import org.jspecify.annotations.Nullable;

/** A row that waits or is under way, and all who want its answer. Guarded by the gateway's lock. */
final class PendingRow {

  /** One who wants the answer, and where he wants it. */
  record Waiter(Ask ask, int at, @Nullable Waiter next) {}

  final RowHash hash;

  /** Equal rows may join; false for independent draws of a noisy model. */
  final boolean merged;

  final RowValues values;
  final long since;

  /** Who sends it: the row stands in this one's queue and on this one's bill. */
  Ask ask;

  int at;
  @Nullable Waiter others;
  boolean sent;

  PendingRow(Ask ask, int at, boolean merged, long since) {
    AskRows rows = ask.rows;
    this.hash = rows.hashes().get(at);
    this.merged = merged;
    this.values = ask.lane.shape.read(rows.rows(), rows.firsts()[at]);
    this.since = since;
    this.ask = ask;
    this.at = at;
  }

  void join(Ask other, int where) {
    others = new Waiter(other, where, others);
  }

  /** Hands the row to one who still waits. False if nobody does. */
  boolean adopt() {
    while (ask.isDone() && others != null) {
      Waiter next = others;
      others = next.next();
      ask = next.ask();
      at = next.at();
    }
    return !ask.isDone();
  }

  void answer(RowValues output) {
    ask.answer(at, output);
    for (Waiter w = others; w != null; w = w.next()) {
      w.ask().answer(w.at(), output);
    }
  }

  void refuse(String why) {
    ask.refuse(at, why);
    for (Waiter w = others; w != null; w = w.next()) {
      w.ask().refuse(w.at(), why);
    }
  }
}
