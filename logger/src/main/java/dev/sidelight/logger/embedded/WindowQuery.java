package dev.sidelight.logger.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The matching rows between two places of a day file, newest first.
 *
 * @param upper exclusive
 * @param lower inclusive; null for the beginning of the file
 * @param boundsText asks the text index only for the sequences of the window: right for frequent
 *     words, whose whole list would be long
 */
record WindowQuery(FilterSql filter, Position upper, @Nullable Position lower, boolean boundsText) {

  PreparedStatement prepare(Connection connection, Question question) throws SQLException {
    boolean hasText = !filter.match().isEmpty();
    StringBuilder sql = new StringBuilder("SELECT ").append(Schema.SUMMARY);
    sql.append(question.rows().isEmpty() ? " FROM event" : Schema.AND_PAYLOAD);
    sql.append(" WHERE (time_us, event.seq) < (?, ?)");
    if (lower != null) {
      sql.append(" AND (time_us, event.seq) >= (?, ?)");
    }
    sql.append(" AND ").append(filter.where());
    if (hasText) {
      sql.append(" AND event.seq IN (").append(Schema.TEXT_CANDIDATES).append(')');
    }
    sql.append(" ORDER BY time_us DESC, event.seq DESC");
    if (question.rows().isEmpty()) {
      sql.append(" LIMIT ").append(question.rowsMax());
    }
    PreparedStatement select = connection.prepareStatement(sql.toString());
    try {
      int at = bindWindow(select, 0);
      at = bind(select, at, filter);
      if (hasText) {
        select.setString(++at, filter.match());
        if (boundsText) {
          bindSequences(connection, select, at);
        } else {
          select.setLong(at + 1, 0);
          select.setLong(at + 2, Long.MAX_VALUE);
        }
      }
      return select;
    } catch (SQLException failed) {
      select.close();
      throw failed;
    }
  }

  private int bindWindow(PreparedStatement to, int after) throws SQLException {
    int at = after;
    to.setLong(++at, upper.timeMicros());
    to.setLong(++at, upper.seq());
    if (lower != null) {
      to.setLong(++at, lower.timeMicros());
      to.setLong(++at, lower.seq());
    }
    return at;
  }

  /** Binds the filter's parameters behind the first {@code after} ones. */
  static int bind(PreparedStatement to, int after, FilterSql filter) throws SQLException {
    int at = after;
    for (Object value : filter.parameters()) {
      at++;
      switch (value) {
        case String text -> to.setString(at, text);
        case Long number -> to.setLong(at, number);
        case byte[] bytes -> to.setBytes(at, bytes);
        default -> to.setDouble(at, ((Number) value).doubleValue());
      }
    }
    return at;
  }

  private void bindSequences(Connection connection, PreparedStatement to, int after)
      throws SQLException {
    String sql =
        "SELECT min(seq), max(seq) FROM event INDEXED BY event_time WHERE (time_us, seq) < (?, ?)"
            + (lower == null ? "" : " AND (time_us, seq) >= (?, ?)");
    try (PreparedStatement range = connection.prepareStatement(sql)) {
      bindWindow(range, 0);
      try (ResultSet result = range.executeQuery()) {
        boolean any = result.next();
        to.setLong(after + 1, any ? result.getLong(1) - TextIndex.BLOCK_EVENTS : 0);
        to.setLong(after + 2, any ? result.getLong(2) : -1);
      }
    }
  }
}
