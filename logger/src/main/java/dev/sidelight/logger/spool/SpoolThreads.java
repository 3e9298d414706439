package dev.sidelight.logger.spool;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool's three threads. The writer looks into the rings once per commit window, so at a modest
 * rate one waking serves many events; after a second of nothing it sleeps until an offer wakes it.
 */
final class SpoolThreads {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolThreads.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long KEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long JOIN_MILLIS = 10_000;

  private final SpoolWriter writer;
  private final Commit commit;
  private final Retention retention;
  private final long windowNanos;
  private final Wake writerWake;
  private final Wake keeperWake;
  private final List<Thread> threads;
  private volatile boolean stopping;

  SpoolThreads(
      SpoolWriter writer,
      Commit commit,
      Retention retention,
      SpoolSettings settings,
      Wake writerWake,
      Wake keeperWake) {
    this.writer = writer;
    this.commit = commit;
    this.retention = retention;
    this.windowNanos = TimeUnit.MILLISECONDS.toNanos(settings.commitMillis());
    this.writerWake = writerWake;
    this.keeperWake = keeperWake;
    this.threads =
        List.of(
            start("sidelight-spool-writer", this::write),
            start("sidelight-spool-sync", this::sync),
            start("sidelight-spool-keeper", this::keep));
  }

  /**
   * Stops all three; what the rings hold is left to the caller.
   *
   * @return false when one of them hangs in the disk
   */
  boolean close() {
    stopping = true;
    commit.close();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((_, e) -> LOG.error("{} died", name, e));
    thread.start();
    return thread;
  }

  private void write() {
    long quietSince = System.nanoTime();
    while (!stopping) {
      SpoolWriter.Step step = writer.step();
      long now = System.nanoTime();
      if (step != SpoolWriter.Step.IDLE) {
        quietSince = now;
      }
      if (step == SpoolWriter.Step.MORE) {
        continue;
      }
      if (now - quietSince > QUIET_NANOS) {
        writerWake.sleep(SLEEP_NANOS);
      } else {
        LockSupport.parkNanos(this, windowNanos);
      }
    }
  }

  private void sync() {
    try {
      while (commit.awaitAsked()) {
        commit.sync();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    while (!stopping) {
      if (retention.step()) {
        LockSupport.parkNanos(this, KEEP_NANOS);
      } else {
        keeperWake.sleep(QUIET_NANOS);
      }
    }
  }
}
