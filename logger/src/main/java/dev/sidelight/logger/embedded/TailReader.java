package dev.sidelight.logger.embedded;

import dev.sidelight.logger.RequestSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Reads what was stored between two sequences, oldest first. */
final class TailReader {

  static final int ROWS_MAX = 256;

  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final DayFiles files;
  private final Readers readers;
  private final RowDecoder decoder;
  private final LongSupplier nanoTime;

  TailReader(DayFiles files, Readers readers, RowDecoder decoder, LongSupplier nanoTime) {
    this.files = files;
    this.readers = readers;
    this.decoder = decoder;
    this.nanoTime = nanoTime;
  }

  /**
   * @param rows the oldest, at most {@value #ROWS_MAX}
   * @param dropped how many more there were
   */
  record Catch(List<RequestSummary> rows, long dropped) {}

  Catch read(FilterSql filter, long afterSeq, long lastSeq) throws SQLException {
    RowFilter rowFilter = new RowFilter(filter, decoder);
    Deadline deadline = Deadline.in(BUDGET_NANOS, nanoTime);
    List<RequestSummary> rows = new ArrayList<>();
    long dropped = 0;
    for (DayFile file : files.oldestFirst()) {
      if (file.seqMax() > afterSeq) {
        Collector collector = new Collector(filter, rowFilter, deadline, rows);
        dropped += readers.read(file, c -> collector.read(c, afterSeq, lastSeq)).orElse(0L);
      }
    }
    return new Catch(rows, dropped);
  }

  private record Collector(
      FilterSql filter, RowFilter rowFilter, Deadline deadline, List<RequestSummary> rows) {

    /** Answers how many found no place. */
    long read(Connection connection, long afterSeq, long lastSeq) throws SQLException {
      long dropped = 0;
      try (PreparedStatement select = prepare(connection, afterSeq, lastSeq);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (rows.size() == ROWS_MAX) {
            dropped += passes(row) ? 1 : 0;
          } else if (passes(row)) {
            rows.add(Rows.summary(row));
          }
        }
      }
      return dropped;
    }

    private PreparedStatement prepare(Connection connection, long afterSeq, long lastSeq)
        throws SQLException {
      boolean hasText = !filter.match().isEmpty();
      PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + Schema.SUMMARY
                  + (rowFilter.isEmpty() ? " FROM event" : Schema.AND_PAYLOAD)
                  + " WHERE event.seq > ? AND event.seq <= ? AND "
                  + filter.where()
                  + (hasText ? " AND event.seq IN (" + Schema.TEXT_CANDIDATES + ")" : "")
                  + " ORDER BY event.seq");
      select.setLong(1, afterSeq);
      select.setLong(2, lastSeq);
      int at = WindowQuery.bind(select, 2, filter);
      if (hasText) {
        select.setString(at + 1, filter.match());
        select.setLong(at + 2, afterSeq + 1 - TextIndex.BLOCK_EVENTS);
        select.setLong(at + 3, lastSeq);
      }
      return select;
    }

    /** When the time is over, the rest counts as passing: too many are called dropped, not few. */
    private boolean passes(ResultSet row) throws SQLException {
      if (rowFilter.isEmpty()) {
        return true;
      }
      if (deadline.isPassed()) {
        return rows.size() == ROWS_MAX;
      }
      return rowFilter.passes(Rows.stored(row));
    }
  }
}
