package dev.sidelight.logger.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * How far one reader has settled, and what became of it. Its thread settles, the keeper saves, and
 * whoever needs room may move it on.
 */
final class Reader {

  /** A place behind a record that was read. */
  record Mark(
      long sequence, long segment, long offset, long exchanges, long lost, boolean silent) {}

  final String name;
  private final CursorFile file;

  // guarded by this
  private long next;
  private long segment;
  private long offset;
  private long exchanges; // exchange records of the whole log before "next", lost ones included
  private long lost; // of them, counted while reading
  private long written;
  private long skipped;
  private long dead;
  private long own; // lost to this reader alone
  private boolean overtaken;
  private boolean moved;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  private volatile long savedNext;

  /**
   * @param exchanges exchange records of the whole log before the place
   */
  Reader(String name, CursorFile file, CursorFile.Place place, long exchanges) {
    this.name = name;
    this.file = file;
    this.next = place.next();
    this.segment = place.segment();
    this.offset = place.offset();
    this.written = place.written();
    this.skipped = place.skipped();
    this.dead = place.dead();
    this.exchanges = exchanges;
    this.own = exchanges - written - skipped - dead;
    this.savedNext = place.next();
  }

  /** A consistent view. */
  record State(
      long next,
      long segment,
      long offset,
      long exchanges,
      long written,
      long skipped,
      long dead,
      long own,
      long lost) {}

  synchronized State state() {
    return new State(next, segment, offset, exchanges, written, skipped, dead, own, lost);
  }

  synchronized long next() {
    return next;
  }

  /** What would survive now. */
  long savedNext() {
    return savedNext;
  }

  /** A record was read; a silent one (a seal) is settled with the one before it. */
  synchronized void read(Mark mark) {
    if (mark.sequence >= next) {
      marks.add(mark);
      settleSilent();
    }
  }

  /** Forgets what was read and not settled; reading begins again at the state's place. */
  synchronized State rewind() {
    marks.clear();
    overtaken = false;
    return state();
  }

  synchronized void settle(long sequence, long written, long skipped, long dead) {
    if (sequence < next) {
      return; // it was moved on in the meantime: these are counted as its gap
    }
    Mark to = null;
    for (Iterator<Mark> all = marks.iterator(); all.hasNext() && to == null; ) {
      Mark mark = all.next();
      to = mark.sequence == sequence ? mark : null;
    }
    if (to == null) {
      throw new IllegalArgumentException(
          "reader %s settles sequence %d, which it has not read".formatted(name, sequence));
    }
    long lostNow = to.lost - lost;
    long expected = to.exchanges - exchanges - lostNow;
    long surplus = written + skipped + dead - expected;
    if (surplus != 0 && !(overtaken && surplus > 0)) {
      throw new IllegalArgumentException(
          "reader %s settles %d written, %d skipped, %d dead up to sequence %d, but read %d"
                  .formatted(name, written, skipped, dead, sequence, expected)
              + " exchanges");
    }
    // what was moved past is a gap already, whatever became of it in the reader's hand
    long fromWritten = Math.min(surplus, written);
    long fromSkipped = Math.min(surplus - fromWritten, skipped);
    this.written += written - fromWritten;
    this.skipped += skipped - fromSkipped;
    this.dead += dead - (surplus - fromWritten - fromSkipped);
    own += lostNow;
    lost = to.lost;
    overtaken = false;
    moveTo(to);
    while (!marks.isEmpty() && marks.element().sequence <= sequence) {
      marks.remove();
    }
    settleSilent();
  }

  /**
   * Moves on to the beginning of a segment.
   *
   * @return exchanges passed over; -1 when the reader is already there or beyond
   */
  synchronized long skipTo(Segment target) {
    if (next >= target.first) {
      return -1;
    }
    long passed = target.exchangesBefore - exchanges;
    own += passed;
    next = target.first;
    segment = target.first;
    offset = SegmentHeader.BYTES;
    exchanges = target.exchangesBefore;
    moved = true;
    while (!marks.isEmpty() && marks.element().sequence < next) {
      lost = marks.remove().lost;
      overtaken = true;
    }
    return passed;
  }

  /** Writes the place though it has not moved. */
  void saveFirst() throws IOException {
    synchronized (this) {
      moved = true;
    }
    save();
  }

  /** Writes the place when it has moved. Keeper's thread, or at close. */
  boolean save() throws IOException {
    synchronized (file) {
      CursorFile.Place place;
      synchronized (this) {
        if (!moved) {
          return false;
        }
        place = new CursorFile.Place(next, segment, offset, written, skipped, dead);
        moved = false;
      }
      try {
        file.save(place);
        savedNext = place.next();
        return true;
      } catch (IOException e) {
        synchronized (this) {
          moved = true;
        }
        throw e;
      }
    }
  }

  void close() throws IOException {
    synchronized (file) {
      file.close();
    }
  }

  /** Seals need no settling: a reader that has nothing in hand is behind them. */
  private void settleSilent() {
    @Nullable Mark front = marks.peek();
    while (front != null && front.silent) {
      own += front.lost - lost;
      lost = front.lost;
      moveTo(front);
      marks.remove();
      front = marks.peek();
    }
  }

  private void moveTo(Mark mark) {
    next = mark.sequence + 1;
    segment = mark.segment;
    offset = mark.offset;
    exchanges = mark.exchanges;
    moved = true;
  }
}
