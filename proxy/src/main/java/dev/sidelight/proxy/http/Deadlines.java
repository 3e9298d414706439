package dev.sidelight.proxy.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The deadlines of one event loop: a wheel of lists with a 10 ms tick. Setting, moving and clearing
 * cost a few pointer writes. The tick only runs while something is set.
 */
final class Deadlines {

  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** 10.24 s to a turn; what lies further out is passed over once a turn. */
  private static final int SLOTS = 1024;

  /** Runs {@link #tick} once, one tick from now. */
  @FunctionalInterface
  interface Ticker {
    void after(Runnable tick);
  }

  private static final class Anchor extends Deadline {
    @Override
    void expired(long nowNanos) {
      throw new IllegalStateException("the anchor of a list does not expire");
    }
  }

  private final Deadline[] slots = new Deadline[SLOTS];
  private final Deadline due = anchor();
  private final LongSupplier nanos;
  private final Ticker ticker;
  private final Runnable tick = this::tick;
  private int count;
  private boolean ticking;
  private long doneTick;

  Deadlines(LongSupplier nanos, Ticker ticker) {
    this.nanos = nanos;
    this.ticker = ticker;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = anchor();
    }
  }

  private static Deadline anchor() {
    Anchor anchor = new Anchor();
    anchor.previous = anchor;
    anchor.next = anchor;
    return anchor;
  }

  /** Sets or moves it. */
  void set(Deadline deadline, long atNanos) {
    if (deadline.previous != null) {
      unlink(deadline);
    } else {
      count++;
    }
    deadline.atNanos = atNanos;
    if (!ticking) {
      ticking = true;
      doneTick = nanos.getAsLong() / TICK_NANOS;
      ticker.after(tick);
    }
    link(deadline);
  }

  void clear(Deadline deadline) {
    if (deadline.previous != null) {
      unlink(deadline);
      count--;
    }
  }

  /** How many are set. */
  int count() {
    return count;
  }

  private void tick() {
    advance(nanos.getAsLong());
    if (count == 0) {
      ticking = false;
    } else {
      ticker.after(tick);
    }
  }

  /** Expires what is due. */
  void advance(long now) {
    long last = now / TICK_NANOS;
    long first = Math.max(doneTick, last - SLOTS + 1);
    for (long at = first; at <= last; at++) {
      collect(slots[(int) (at & (SLOTS - 1))], now);
    }
    doneTick = last;
    // one by one: what expires may clear others that are due, or set itself again
    for (Deadline next = due.next; next != null && next != due; next = due.next) {
      unlink(next);
      count--;
      next.expired(now);
    }
  }

  private void collect(Deadline anchor, long now) {
    Deadline deadline = anchor.next;
    while (deadline != null && deadline != anchor) {
      Deadline following = deadline.next;
      if (deadline.atNanos - now <= 0) {
        unlink(deadline);
        append(due, deadline);
      }
      deadline = following;
    }
  }

  private void link(Deadline deadline) {
    long at = Math.max(deadline.atNanos / TICK_NANOS, doneTick);
    append(slots[(int) (at & (SLOTS - 1))], deadline);
  }

  private static void append(Deadline anchor, Deadline deadline) {
    Deadline last = anchor.previous;
    deadline.previous = last;
    deadline.next = anchor;
    if (last != null) {
      last.next = deadline;
    }
    anchor.previous = deadline;
  }

  private static void unlink(Deadline deadline) {
    Deadline before = deadline.previous;
    Deadline after = deadline.next;
    if (before != null && after != null) {
      before.next = after;
      after.previous = before;
    }
    deadline.previous = null;
    deadline.next = null;
  }
}
