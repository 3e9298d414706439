package dev.sidelight.logger.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows of one table. Binding a value costs about as much as storing it, and most columns
 * hold their usual value: those stand in the statement as constants, and there is one statement for
 * every set of columns that do not.
 */
final class RowInsert {

  /** Rows of a new kind beyond these are bound whole. */
  private static final int STATEMENTS_MAX = 32;

  private final Connection connection;
  private final String table;
  private final InsertColumn[] columns;
  private final String conflict;
  private final @Nullable Object[] values;
  private final Map<Long, PreparedStatement> statements = new HashMap<>();

  /**
   * @param columns at most 63
   */
  RowInsert(Connection connection, String table, InsertColumn[] columns, String conflict) {
    this.connection = connection;
    this.table = table;
    this.columns = columns;
    this.conflict = conflict;
    values = new Object[columns.length];
  }

  void set(int column, @Nullable Object value) {
    values[column] = value;
  }

  /**
   * @return the number of rows inserted: 0 after a conflict
   */
  int execute() throws SQLException {
    long bound = 0;
    for (int i = 0; i < columns.length; i++) {
      if (!columns[i].isUsual(values[i])) {
        bound |= 1L << i;
      }
    }
    PreparedStatement statement = statements.get(bound);
    if (statement == null) {
      if (statements.size() >= STATEMENTS_MAX) {
        bound = (1L << columns.length) - 1;
      }
      statement = prepare(bound);
    }
    int at = 0;
    for (long rest = bound; rest != 0; rest &= rest - 1) {
      bind(statement, ++at, values[Long.numberOfTrailingZeros(rest)]);
    }
    Arrays.fill(values, null);
    return statement.executeUpdate();
  }

  private PreparedStatement prepare(long bound) throws SQLException {
    PreparedStatement known = statements.get(bound);
    if (known != null) {
      return known;
    }
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(table).append('(');
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < columns.length; i++) {
      sql.append(i == 0 ? "" : ",").append(columns[i].name());
      boolean isBound = (bound & (1L << i)) != 0;
      row.append(i == 0 ? "" : ",").append(isBound ? "?" : columns[i].literal());
    }
    sql.append(") VALUES(").append(row).append(')').append(conflict);
    PreparedStatement prepared = connection.prepareStatement(sql.toString());
    statements.put(bound, prepared);
    return prepared;
  }

  private static void bind(PreparedStatement to, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> to.setNull(at, Types.NULL);
      case String text -> to.setString(at, text);
      case Long number -> to.setLong(at, number);
      case byte[] bytes -> to.setBytes(at, bytes);
      default -> to.setDouble(at, (Double) value);
    }
  }
}
