package dev.sidelight.logger.embedded;

import dev.sidelight.logger.RequestSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The matching rows of one day file, newest first. It advances in windows of so many events, each a
 * query of its own: between windows the time is checked, the connection is free for others, and the
 * place reached is known even when nothing matched.
 */
final class DayScan {

  private static final int WINDOW_FIRST = 1_024;
  private static final int WINDOW_MAX = 65_536;

  /** Words in fewer blocks of events than this are asked for directly, without windows. */
  private static final int RARE = 16;

  private final DayFile file;
  private final Readers readers;
  private final Question question;
  private final Deque<RequestSummary> found = new ArrayDeque<>();

  private Position upper;
  private boolean exhausted;
  private boolean isRare;
  private boolean isStarted;
  private int window = WINDOW_FIRST;
  private long scanned;
  private long matched;

  DayScan(DayFile file, Readers readers, Question question, Position below) {
    this.file = file;
    this.readers = readers;
    this.question = question;
    long timeLast = Math.min(file.timeMax(), question.sql().times().last());
    upper = below.min(new Position(timeLast, Long.MAX_VALUE));
    exhausted = file.timeMax() == Long.MIN_VALUE;
  }

  DayFile file() {
    return file;
  }

  /** Events looked at, and those of them that matched. */
  long scanned() {
    return scanned;
  }

  long matched() {
    return matched;
  }

  boolean hasHead() {
    return !found.isEmpty();
  }

  boolean isDone() {
    return exhausted && found.isEmpty();
  }

  /** No row still to come lies at this place or above it, but for the head, which lies at it. */
  Position bound() {
    RequestSummary head = found.peekFirst();
    return head == null ? upper : new Position(head.timeMicros(), head.seq());
  }

  /** Exclusive: everything from here down is still to come. */
  Position resume() {
    RequestSummary head = found.peekFirst();
    return head == null ? upper : new Position(head.timeMicros(), head.seq() + 1);
  }

  RequestSummary take() {
    return found.removeFirst();
  }

  /**
   * Looks for the next rows until there is one, the file ends, or the time is over; at least one
   * window is searched, so that every page gets further.
   *
   * @return false when the time was over first
   */
  boolean fill() throws SQLException {
    while (found.isEmpty() && !exhausted) {
      if (isStarted && question.deadline().isPassed()) {
        return false;
      }
      Optional<Boolean> read = readers.read(file, this::nextWindow);
      exhausted |= read.isEmpty(); // deleted in the meantime
    }
    return true;
  }

  private boolean nextWindow(Connection connection) throws SQLException {
    if (!isStarted) {
      isStarted = true;
      isRare = !question.sql().match().isEmpty() && isRareWord(connection);
    }
    if (isRare) {
      search(connection, null);
      return true;
    }
    Position lower = lowerEnd(connection);
    search(connection, lower);
    window = Math.min(WINDOW_MAX, window * 4);
    return true;
  }

  private boolean isRareWord(Connection connection) throws SQLException {
    String sql = "SELECT count(*) FROM (SELECT 1 FROM body WHERE body MATCH ? LIMIT " + RARE + ")";
    try (PreparedStatement count = connection.prepareStatement(sql)) {
      count.setString(1, question.sql().match());
      try (ResultSet result = count.executeQuery()) {
        return result.next() && result.getInt(1) < RARE;
      }
    }
  }

  /** The place of the last event of the window, itself inside; null when the file ends first. */
  private @Nullable Position lowerEnd(Connection connection) throws SQLException {
    String sql =
        "SELECT time_us, seq FROM event INDEXED BY event_time WHERE (time_us, seq) < (?, ?)"
            + " ORDER BY time_us DESC, seq DESC LIMIT 1 OFFSET ?";
    try (PreparedStatement boundary = connection.prepareStatement(sql)) {
      boundary.setLong(1, upper.timeMicros());
      boundary.setLong(2, upper.seq());
      boundary.setInt(3, window - 1);
      try (ResultSet result = boundary.executeQuery()) {
        return result.next() ? new Position(result.getLong(1), result.getLong(2)) : null;
      }
    }
  }

  private void search(Connection connection, @Nullable Position lower) throws SQLException {
    WindowQuery query = new WindowQuery(question.sql(), upper, lower, !isRare);
    Position start = upper;
    long seqFirst = -1;
    try (PreparedStatement select = query.prepare(connection, question);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        RequestSummary summary = Rows.summary(row);
        seqFirst = seqFirst < 0 ? summary.seq() : seqFirst;
        upper = new Position(summary.timeMicros(), summary.seq());
        if (isWanted(row)) {
          found.addLast(summary);
          matched++;
        }
        if (found.size() == question.rowsMax()
            || (!question.rows().isEmpty() && question.deadline().isPassed())) {
          // goes on below this row; sequences have few holes, so they tell about how many were seen
          scanned += Math.max(found.size(), seqFirst - summary.seq() + 1);
          return;
        }
      }
    }
    if (lower != null && lower.timeMicros() < question.sql().times().first()) {
      exhausted = true;
      scanned += window;
    } else if (lower == null) {
      exhausted = true;
      scanned += isRare ? file.events() : rest(connection, start);
    } else {
      scanned += window;
      upper = lower;
    }
  }

  /** The events below a place: fewer than one window. */
  private static long rest(Connection connection, Position below) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "SELECT count(*) FROM event INDEXED BY event_time WHERE (time_us, seq) < (?, ?)")) {
      count.setLong(1, below.timeMicros());
      count.setLong(2, below.seq());
      try (ResultSet result = count.executeQuery()) {
        return result.next() ? result.getLong(1) : 0;
      }
    }
  }

  private boolean isWanted(ResultSet row) throws SQLException {
    return question.rows().isEmpty() || question.rows().passes(Rows.stored(row));
  }
}
