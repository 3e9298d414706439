package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What was written and is not yet durable, and the fsync that makes it so. The writer goes on
 * adding while an fsync is under way: what came in the meantime is the next group.
 */
final class Commit {

  /** Told of durable events. Called after each fsync; never blocks. */
  interface Listener {
    void durable();
  }

  private final CounterPage page;
  private final boolean fsyncs;
  private final SpoolClock clock;
  private final Listener listener;
  private final Object syncing = new Object();

  // guarded by this
  private final ArrayDeque<Group> unsynced = new ArrayDeque<>();
  private Disk.@Nullable DiskFile file;
  private long unsyncedBytes;
  private boolean asked;
  private boolean closed;
  private @Nullable IOException failure;

  // written by one thread at a time, under "syncing"
  private volatile long durable;
  private final AtomicLong exchanges;
  private final LongAdder events = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder fsyncCount = new LongAdder();
  private final LongAdder fsyncNanos = new LongAdder();
  private final LongAdder fsyncFailures = new LongAdder();

  Commit(
      CounterPage page,
      boolean fsyncs,
      SpoolClock clock,
      Listener listener,
      long durable,
      long exchanges) {
    this.page = page;
    this.fsyncs = fsyncs;
    this.clock = clock;
    this.listener = listener;
    this.durable = durable;
    this.exchanges = new AtomicLong(exchanges);
  }

  long durable() {
    return durable;
  }

  /** Durable exchange records of the whole log, from its first day. */
  long exchanges() {
    return exchanges.get();
  }

  SpoolStats stats(SpoolStats base) {
    return new SpoolStats(
        base.bytes(),
        base.segments(),
        events.sum(),
        bytes.sum(),
        fsyncCount.sum(),
        fsyncNanos.sum(),
        fsyncFailures.sum(),
        base.queueEvents(),
        base.queueBytes(),
        base.degraded());
  }

  /** A group was written to {@code to}. All groups that wait are in one file. */
  void written(Group group, Disk.DiskFile to) {
    synchronized (this) {
      file = to;
      unsynced.add(group);
      unsyncedBytes += group.bytes();
    }
    if (!fsyncs) {
      sync();
    }
  }

  synchronized long unsyncedBytes() {
    return unsyncedBytes;
  }

  /** Lets the thread in {@link #awaitAsked} sync now. */
  synchronized void ask() {
    asked = true;
    notifyAll();
  }

  /** Waits until somebody asks for an fsync. False when there will be none any more. */
  synchronized boolean awaitAsked() throws InterruptedException {
    while (!asked && !closed) {
      wait();
    }
    asked = false;
    return !closed;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Why the last fsync failed; then nothing more is synced until {@link #takeBack}. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Makes everything written so far durable. False when the disk did not. */
  boolean sync() {
    synchronized (syncing) {
      List<Group> groups;
      Disk.DiskFile to;
      synchronized (this) {
        if (failure != null) {
          return false;
        }
        to = file;
        if (unsynced.isEmpty() || to == null) {
          return true;
        }
        groups = new ArrayList<>(unsynced);
      }
      if (fsyncs && !force(to)) {
        return false;
      }
      synchronized (this) {
        for (Group group : groups) {
          unsynced.remove();
          unsyncedBytes -= group.bytes();
        }
      }
      publish(groups);
      return true;
    }
  }

  private boolean force(Disk.DiskFile to) {
    long start = clock.nanos();
    try {
      to.force();
    } catch (IOException e) {
      fsyncFailures.increment();
      synchronized (this) {
        failure = e;
      }
      return false;
    }
    fsyncCount.increment();
    fsyncNanos.add(clock.nanos() - start);
    return true;
  }

  /**
   * Gives up the file: what was written and is not durable has to be written again, elsewhere.
   * Waits for an fsync under way, whose groups are then durable.
   */
  List<Group> takeBack() {
    synchronized (syncing) {
      synchronized (this) {
        List<Group> groups = List.copyOf(unsynced);
        unsynced.clear();
        unsyncedBytes = 0;
        failure = null;
        file = null;
        return groups;
      }
    }
  }

  private void publish(List<Group> groups) {
    long newExchanges = 0;
    long newEvents = 0;
    long newBytes = 0;
    for (Group group : groups) {
      newBytes += group.bytes();
      newEvents += group.entries().size();
      for (Group.Entry entry : group.entries()) {
        entry.ring().durable(entry);
        newExchanges += entry.isExchange() ? 1 : 0;
        countGap(entry);
      }
    }
    for (Group group : groups) {
      for (Group.Entry entry : group.entries()) {
        entry.ring().publish();
        entry.event().release();
        entry.ring().release(entry.pinned());
      }
    }
    events.add(newEvents);
    bytes.add(newBytes);
    exchanges.addAndGet(newExchanges);
    long last = groups.getLast().lastSequence();
    page.durable(last);
    durable = last;
    listener.durable();
  }

  private void countGap(Group.Entry entry) {
    if (entry.gaps() > 0 && entry.event() instanceof PayloadEvent.Gap gap) {
      for (GapReason reason : GapReason.values()) {
        if (reason.word().equals(gap.reason())) {
          page.gap(reason, entry.gaps());
        }
      }
    }
  }
}
