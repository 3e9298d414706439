package dev.sidelight.explainers.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows waiting to be sent, by owner: deficit round robin (Shreedhar & Varghese 1996) counted in
 * rows, so nobody's large question holds up a small one. Guarded by the gateway's lock.
 *
 * <p>A batch holds rows of one {@link Lane}. An owner who fills it beyond his share because nobody
 * else's rows could travel along owes those rows, and sits out later turns for them.
 */
final class RowQueue {

  static final int QUANTUM_MIN = 64;

  private final ArrayDeque<Owner> ring = new ArrayDeque<>();
  private int rows;
  private long bytes;

  int rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** Owners with rows waiting. */
  int owners() {
    return ring.size();
  }

  /** Wire bytes of a row, on average. The queue must not be empty. */
  int rowBytes() {
    return Math.clamp(bytes / rows, 1, Integer.MAX_VALUE);
  }

  void add(PendingRow row) {
    Owner owner = row.ask.owner;
    owner.waiting.addLast(row);
    rows++;
    bytes += row.ask.rows.rowBytes();
    if (!owner.inRing) {
      owner.inRing = true;
      ring.addLast(owner);
    }
  }

  /** Takes an owner's rows out, in order. */
  List<PendingRow> drain(Owner owner) {
    List<PendingRow> drained = new ArrayList<>(owner.waiting);
    for (PendingRow row : drained) {
      left(row);
    }
    owner.waiting.clear();
    leave(owner);
    ring.remove(owner);
    return drained;
  }

  /** The lane whose turn it is. The queue must not be empty. */
  Lane next() {
    boolean lanesDiffer = lanesDiffer();
    while (true) {
      Owner head = ring.getFirst();
      if (!lanesDiffer || head.debt <= 0) {
        return lane(head);
      }
      head.debt -= QUANTUM_MIN;
      ring.addLast(ring.removeFirst());
    }
  }

  /** At most {@code rowsMax} rows of the lane that {@link #next} named, at least one. */
  List<PendingRow> take(Lane lane, int rowsMax) {
    List<PendingRow> taken = new ArrayList<>(Math.min(rowsMax, rows));
    boolean lanesDiffer = lanesDiffer();
    int quantum = Math.max(QUANTUM_MIN, rowsMax / ring.size());
    int weightMax = ring.stream().mapToInt(o -> o.spec.priority().weight()).max().orElse(1);
    boolean first = true;
    boolean more = true;
    while (more) {
      more = pass(lane, rowsMax, quantum, weightMax, taken, lanesDiffer && !first);
      first = false;
    }
    return taken;
  }

  /** Once around the ring. True if another pass may find more. */
  private boolean pass(
      Lane lane, int rowsMax, int quantum, int weightMax, List<PendingRow> taken, boolean onDebt) {
    boolean left = false;
    for (int turn = ring.size(); turn > 0 && taken.size() < rowsMax; turn--) {
      Owner owner = ring.getFirst();
      if (lane(owner) == lane) {
        if (!owner.inTurn) {
          owner.inTurn = true;
          owner.deficit += Math.max(1, (long) quantum * owner.spec.priority().weight() / weightMax);
        }
        int before = taken.size();
        serve(owner, rowsMax, taken);
        owner.debt += onDebt ? taken.size() - before : 0;
        if (owner.waiting.isEmpty()) {
          ring.removeFirst();
          leave(owner);
          continue;
        }
        left = true;
        if (owner.deficit > 0) {
          return false; // the batch is full within his turn: he goes on with it next time
        }
        owner.inTurn = false;
      }
      ring.addLast(ring.removeFirst());
    }
    return left && taken.size() < rowsMax;
  }

  private void serve(Owner owner, int rowsMax, List<PendingRow> taken) {
    while (owner.deficit > 0 && taken.size() < rowsMax && !owner.waiting.isEmpty()) {
      PendingRow row = owner.waiting.removeFirst();
      left(row);
      owner.deficit--;
      taken.add(row);
    }
  }

  private void left(PendingRow row) {
    rows--;
    bytes -= row.ask.rows.rowBytes();
  }

  private static void leave(Owner owner) {
    owner.inRing = false;
    owner.inTurn = false;
    owner.deficit = 0;
  }

  private static Lane lane(Owner owner) {
    return owner.waiting.getFirst().ask.lane;
  }

  private boolean lanesDiffer() {
    Lane lane = lane(ring.getFirst());
    return ring.stream().anyMatch(o -> lane(o) != lane);
  }
}
