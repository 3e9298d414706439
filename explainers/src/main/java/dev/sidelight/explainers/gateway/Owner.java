package dev.sidelight.explainers.gateway;

import java.util.ArrayDeque;

/** One session as the dispatcher sees it. Guarded by the gateway's lock. */
final class Owner {

  final SessionSpec spec;
  final long openedAt;

  /** Its rows in the queue, in the order asked. */
  final ArrayDeque<PendingRow> waiting = new ArrayDeque<>();

  /** Deficit round robin: rows it may still take in this turn. */
  long deficit;

  boolean inRing;
  boolean inTurn;

  /** Rows taken beyond its share while others could not travel in the same call. */
  long debt;

  final DistinctRows asked = new DistinctRows();
  volatile boolean gone;
  int extraCalls;
  long rowsLogical;
  long rowsAsked;
  long rowsSent;
  long cacheHits;
  int roundTrips;
  int backendCalls;

  /** The last call that carried a row of its, by the gateway's count. */
  long lastCall;

  long queueNanos;

  Owner(SessionSpec spec, long openedAt) {
    this.spec = spec;
    this.openedAt = openedAt;
  }
}
