package dev.sidelight.logger.embedded;

import dev.sidelight.logger.EventStore.Tail;
import dev.sidelight.logger.EventStore.TailItem;
import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The running tails. They read committed rows behind the writer's back; all the writer does for
 * them is to wake them up.
 */
final class Tails implements AutoCloseable {

  static final int TAILS_MAX = 32;

  private final TailReader reader;
  private final LongSupplier seqCommitted;
  private final List<TailThread> tails = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();

  Tails(TailReader reader, LongSupplier seqCommitted) {
    this.reader = reader;
    this.seqCommitted = seqCommitted;
  }

  Tail open(String filter, long afterSeq, Consumer<TailItem> to) {
    FilterSql sql = FilterSql.of(Filter.parse(filter));
    lock.lock();
    try {
      if (tails.size() >= TAILS_MAX) {
        throw new QueryException(
            "too_many_tails", -1, "there are " + TAILS_MAX + " live tails already");
      }
      long newest = seqCommitted.getAsLong();
      long start = afterSeq < 0 ? newest : Math.min(afterSeq, newest);
      TailThread tail = new TailThread(this, reader, sql, start, to);
      tails.add(tail);
      tail.start();
      return tail;
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return tails.size();
    } finally {
      lock.unlock();
    }
  }

  /** Something was committed. */
  void signal() {
    lock.lock();
    try {
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for rows after {@code seq}; answers the newest sequence, or -1 when the tail ended. */
  long awaitAfter(long seq, TailThread tail) throws InterruptedException {
    lock.lock();
    try {
      while (!tail.isClosed() && seqCommitted.getAsLong() <= seq) {
        committed.await();
      }
      return tail.isClosed() ? -1 : seqCommitted.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  void remove(TailThread tail) {
    lock.lock();
    try {
      tails.remove(tail);
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<TailThread> open;
    lock.lock();
    try {
      open = List.copyOf(tails);
    } finally {
      lock.unlock();
    }
    open.forEach(TailThread::close);
  }
}
