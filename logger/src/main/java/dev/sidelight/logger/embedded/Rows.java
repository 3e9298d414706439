package dev.sidelight.logger.embedded;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** Reads result rows. */
final class Rows {

  private static final byte[] NO_BYTES = {};
  private static final int SUMMARY_COLUMNS = 19;

  private Rows() {}

  /** A row of {@link Schema#SUMMARY}. */
  static RequestSummary summary(ResultSet row) throws SQLException {
    return new RequestSummary(
        row.getLong(1),
        id(row.getBytes(2)),
        row.getLong(3),
        text(row, 4),
        text(row, 5),
        text(row, 6),
        text(row, 7),
        text(row, 8),
        text(row, 9),
        row.getInt(10),
        text(row, 11),
        row.getLong(12),
        row.getLong(13),
        row.getInt(14),
        row.getLong(15),
        row.getLong(16),
        requestId(row),
        text(row, 18),
        row.getInt(19));
  }

  private static String requestId(ResultSet row) throws SQLException {
    String given = row.getString(17);
    return given == null ? id(row.getBytes(2)).toString() : given;
  }

  /** A row of {@link Schema#SUMMARY} and then {@link Schema#PAYLOAD}. */
  static StoredRequest stored(ResultSet row) throws SQLException {
    int at = SUMMARY_COLUMNS;
    Map<String, String> headers = HeaderJson.read(text(row, at + 1));
    return new StoredRequest(summary(row), body(row, at + 2), body(row, at + 6), headers);
  }

  private static StoredBody body(ResultSet row, int at) throws SQLException {
    byte[] bytes = row.getBytes(at + 2);
    return new StoredBody(
        bytes == null ? NO_BYTES : bytes, text(row, at), text(row, at + 1), text(row, at + 3));
  }

  /** A row of id, report, time_us, request. */
  static StoredReport report(ResultSet row) throws SQLException {
    byte[] json = row.getBytes(4);
    return new StoredReport(
        id(row.getBytes(1)), text(row, 2), row.getLong(3), json == null ? NO_BYTES : json);
  }

  static UUID id(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String value = row.getString(column);
    return value == null ? "" : value;
  }
}
