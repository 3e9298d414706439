package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.Sink.Result;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: puts batches into the file of their day, up to 4,000 events per commit. Erasure
 * takes the same lock, so there is never a second writing connection.
 */
final class Ingest implements AutoCloseable {

  static final int COMMIT_EVENTS = 4_000;

  private static final Result WRITTEN = new Result.Written();

  private final DayFiles files;
  private final RowCounter counter;
  private final Runnable afterCommit;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable DayWriter writer;
  private long seqNext;
  private volatile long seqCommitted;

  Ingest(DayFiles files, RowCounter counter, Runnable afterCommit) {
    this.files = files;
    this.counter = counter;
    this.afterCommit = afterCommit;
    seqCommitted = Math.max(0, files.seqMax());
    seqNext = seqCommitted + 1;
  }

  /** The highest sequence that readers can see. */
  long seqCommitted() {
    return seqCommitted;
  }

  List<Result> write(List<LoggedEvent> batch) {
    List<Result> results = new ArrayList<>(Collections.nCopies(batch.size(), WRITTEN));
    lock.lock();
    try {
      int from = 0;
      while (from < batch.size()) {
        int to = groupEnd(batch, from);
        writeGroup(batch.subList(from, to), results.subList(from, to));
        from = to;
      }
    } finally {
      lock.unlock();
    }
    return results;
  }

  private static int groupEnd(List<LoggedEvent> batch, int from) {
    LocalDate day = DayFiles.dayOf(batch.get(from).timeMicros());
    int to = from + 1;
    while (to < batch.size()
        && to - from < COMMIT_EVENTS
        && DayFiles.dayOf(batch.get(to).timeMicros()).equals(day)) {
      to++;
    }
    return to;
  }

  /** An event that cannot be stored is refused alone: the rest of its group is written again. */
  private void writeGroup(List<LoggedEvent> group, List<Result> results) {
    while (true) {
      int at = -1;
      try {
        DayWriter to = writerOf(DayFiles.dayOf(group.get(0).timeMicros()));
        long seq = seqNext;
        long timeMax = Long.MIN_VALUE;
        for (at = 0; at < group.size(); at++) {
          PayloadEvent event = group.get(at).event();
          if (results.get(at) == WRITTEN && to.insert(seq, event)) {
            seq++;
            timeMax = Math.max(timeMax, timeMicros(event));
          }
        }
        at = -1;
        to.commit();
        publish(to.file(), seq, timeMax);
        return;
      } catch (SQLException failed) {
        abandon();
        Result result = SqlFailure.result(failed);
        if (!(result instanceof Result.Refused) || at < 0) {
          failAll(results, result instanceof Result.Refused ? retry(failed) : result);
          return;
        }
        results.set(at, result);
      }
    }
  }

  private static Result retry(SQLException failed) {
    return new Result.Retry("sqlite_" + failed.getErrorCode(), 0);
  }

  private static void failAll(List<Result> results, Result result) {
    results.replaceAll(r -> r == WRITTEN ? result : r);
  }

  private static long timeMicros(PayloadEvent event) {
    return switch (event) {
      case PayloadEvent.Exchange e -> e.times().arrivalMicros();
      case PayloadEvent.Half h -> h.timeMicros();
      case PayloadEvent.Report r -> r.timeMicros();
      case PayloadEvent.Gap g -> g.lastMicros();
    };
  }

  private void publish(DayFile file, long seq, long timeMax) {
    if (seq == seqNext) {
      return; // nothing but repeats
    }
    file.added(seq - seqNext, timeMax, seq - 1);
    seqNext = seq;
    seqCommitted = seq - 1;
    afterCommit.run();
  }

  private DayWriter writerOf(LocalDate day) throws SQLException {
    DayWriter current = writer;
    if (current != null && current.file().day().equals(day) && !current.file().isDropped()) {
      return current;
    }
    closeWriter();
    DayFile file = files.fileOf(day);
    file.use();
    try {
      DayWriter opened = new DayWriter(file, counter);
      writer = opened;
      return opened;
    } catch (SQLException failed) {
      file.unuse();
      throw failed;
    }
  }

  /** What may be done while nobody writes. */
  interface Exclusive<T> {
    T with(DayWriter writer) throws SQLException;
  }

  /** Runs {@code work} on the writing connection to {@code day}; it is closed after a failure. */
  <T> T exclusively(LocalDate day, Exclusive<T> work) throws SQLException {
    lock.lock();
    try {
      return work.with(writerOf(day));
    } catch (SQLException failed) {
      abandon();
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the writing connection if it is the one to this file. */
  void release(DayFile file) throws SQLException {
    lock.lock();
    try {
      if (writer != null && writer.file() == file) {
        closeWriter();
      }
    } finally {
      lock.unlock();
    }
  }

  private void abandon() {
    try {
      closeWriter(); // rolls back; the next attempt opens the file anew
    } catch (SQLException alsoFailed) {
      writer = null;
    }
  }

  private void closeWriter() throws SQLException {
    DayWriter old = writer;
    if (old != null) {
      writer = null;
      try {
        old.close();
      } finally {
        old.file().unuse();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closeWriter();
    } finally {
      lock.unlock();
    }
  }
}
