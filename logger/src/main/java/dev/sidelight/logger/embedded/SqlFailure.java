package dev.sidelight.logger.embedded;

import dev.sidelight.logger.Sink.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite means for an event, and for a caller. */
final class SqlFailure {

  private static final int TEXT_MAX = 500;

  private SqlFailure() {}

  static Result result(SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException lite
            ? lite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    // an extended code's low byte is its family
    return switch (code.code & 0xff) {
      case 18, 19, 20, 25 ->
          new Result.Refused(word(code), text(failure)); // too big, constraint, ..
      case 3, 8, 11, 23, 26 -> new Result.Pause(word(code)); // permissions, read-only, corrupt, ..
      case 13 -> new Result.Retry("disk_full", 1_000);
      case 10 -> new Result.Retry("disk_error", 1_000);
      default -> new Result.Retry(word(code), 0);
    };
  }

  private static String word(SQLiteErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  private static String text(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }

  /** For callers who can do nothing about it. */
  static UncheckedIOException unchecked(String what, SQLException failure) {
    return new UncheckedIOException(new IOException(what, failure));
  }
}
