package dev.sidelight.logger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * At most four read-only connections, open or idle. A borrower holds one at a time, for one window
 * of one query, so nobody can wait for himself.
 */
final class Readers implements AutoCloseable {

  static final int CONNECTIONS_MAX = 4;

  private final Semaphore permits = new Semaphore(CONNECTIONS_MAX, true);
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  private record Idle(DayFile file, Connection connection) {}

  /** What is done with a connection. */
  interface Read<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Runs {@code read} on a connection to {@code file}; empty when the file is gone by now. */
  <T> Optional<T> read(DayFile file, Read<T> read) throws SQLException {
    permits.acquireUninterruptibly();
    try {
      if (!file.use()) {
        return Optional.empty();
      }
      try {
        return Optional.of(withConnection(file, read));
      } finally {
        file.unuse();
      }
    } finally {
      permits.release();
    }
  }

  private <T> T withConnection(DayFile file, Read<T> read) throws SQLException {
    Connection connection = take(file);
    boolean reusable = false;
    try {
      T answer = read.with(connection);
      reusable = true;
      return answer;
    } finally {
      giveBack(file, connection, reusable);
    }
  }

  private Connection take(DayFile file) throws SQLException {
    Idle evicted = null;
    synchronized (idle) {
      for (Iterator<Idle> it = idle.iterator(); it.hasNext(); ) {
        Idle each = it.next();
        if (each.file() == file) {
          it.remove();
          file.unuse(); // the borrower has a use of his own
          return each.connection();
        }
      }
      if (idle.size() > permits.availablePermits()) {
        evicted = idle.pollLast(); // keeps open and idle ones together within the bound
      }
    }
    if (evicted != null) {
      close(evicted);
    }
    return Sqlite.reader(file.path());
  }

  private void giveBack(DayFile file, Connection connection, boolean reusable) throws SQLException {
    synchronized (idle) {
      if (reusable && !closed && file.use()) { // an idle connection keeps its file too
        idle.addFirst(new Idle(file, connection));
        return;
      }
    }
    connection.close();
  }

  /** Closes idle connections to a file that is about to go. */
  void forget(DayFile file) throws SQLException {
    Deque<Idle> gone = new ArrayDeque<>();
    synchronized (idle) {
      for (Iterator<Idle> it = idle.iterator(); it.hasNext(); ) {
        Idle each = it.next();
        if (each.file() == file) {
          it.remove();
          gone.add(each);
        }
      }
    }
    for (Idle each : gone) {
      close(each);
    }
  }

  private static void close(Idle idle) throws SQLException {
    idle.connection().close();
    idle.file().unuse();
  }

  @Override
  public void close() throws SQLException {
    Deque<Idle> rest;
    synchronized (idle) {
      closed = true;
      rest = new ArrayDeque<>(idle);
      idle.clear();
    }
    for (Idle each : rest) {
      close(each);
    }
  }
}
