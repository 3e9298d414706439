package dev.sidelight.logger.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteOpenMode;

/** Opens day files. Caches are small on purpose: the whole process lives in some 100 MB. */
final class Sqlite {

  private static final int WRITER_CACHE_KIB = 4096;
  private static final int READER_CACHE_KIB = 1024;
  private static final int CHECKPOINT_PAGES = 4096; // 16 MiB
  private static final int BUSY_MILLIS = 5_000;

  private Sqlite() {}

  /** A connection that writes, with the schema in place; auto-commit off. */
  static Connection writer(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTempStore(TempStore.MEMORY);
    config.setCacheSize(-WRITER_CACHE_KIB);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setOpenMode(SQLiteOpenMode.NOMUTEX); // one thread at a time, under the store's lock
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      run(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      run(connection, "PRAGMA journal_size_limit = " + CHECKPOINT_PAGES * 4096);
      long version = number(connection, "PRAGMA user_version");
      if (version > Schema.VERSION) {
        throw new SQLException(file + " has format " + version + ", newer than " + Schema.VERSION);
      }
      connection.setAutoCommit(false);
      if (version == 0) {
        run(connection, Schema.CREATE);
        connection.commit();
      } else if (version == 1) {
        run(connection, Schema.FROM_VERSION_1);
        connection.commit();
      }
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  /** A connection that cannot write. */
  static Connection reader(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setTempStore(TempStore.MEMORY);
    config.setCacheSize(-READER_CACHE_KIB);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row; 0 where it is NULL or there is no row. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
