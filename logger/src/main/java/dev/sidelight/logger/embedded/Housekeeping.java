package dev.sidelight.logger.embedded;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the retention at the start, every ten minutes, and after every 64 commits. */
final class Housekeeping implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long MINUTES = 10;
  private static final int COMMITS = 64;

  private final Retention retention;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread =
      Thread.ofVirtual().name("sidelight-store-retention").unstarted(this);
  private int commits;
  private boolean closed;

  Housekeeping(Retention retention) {
    this.retention = retention;
  }

  void start() {
    thread.start();
  }

  void committed() {
    lock.lock();
    try {
      if (++commits >= COMMITS) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      do {
        apply();
      } while (awaitNext());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply() {
    try {
      retention.apply();
    } catch (SQLException | RuntimeException failed) {
      LOG.warn("old days could not be deleted; tried again later", failed);
    }
  }

  private boolean awaitNext() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MINUTES.toNanos(MINUTES);
      while (!closed && commits < COMMITS && left > 0) {
        left = changed.awaitNanos(left);
      }
      commits = 0;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
