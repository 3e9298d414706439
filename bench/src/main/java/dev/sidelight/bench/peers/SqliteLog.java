package dev.sidelight.bench.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * SQLite in WAL mode with {@code synchronous=FULL}: one transaction per group.
 *
 * @param checkpoints false leaves everything in the write-ahead log, to be damaged there
 */
record SqliteLog(String name, boolean checkpoints) implements Contender {

  /** Low seven bits of the cell's payload length: before row id (2), record header (4), blob. */
  private static final int LENGTH_BEFORE_BLOB = 7;

  private static Connection connect(Path dir) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("log.db"));
  }

  @Override
  public Writing open(Path dir) throws SQLException {
    return new Appending(dir, checkpoints);
  }

  @Override
  public void read(Path dir, Consumer<byte[]> events) throws SQLException {
    try (Connection db = connect(dir);
        Statement statement = db.createStatement();
        ResultSet all = statement.executeQuery("SELECT body FROM events ORDER BY number")) {
      while (all.next()) {
        byte[] body = all.getBytes(1);
        events.accept(body == null ? new byte[0] : body);
      }
    }
  }

  @Override
  public int lengthAt(ByteBuffer file, int eventAt) {
    return eventAt - LENGTH_BEFORE_BLOB;
  }

  private static final class Appending implements Writing {

    private final Connection db;
    private final PreparedStatement insert;

    Appending(Path dir, boolean checkpoints) throws SQLException {
      db = connect(dir);
      try (Statement statement = db.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        if (!checkpoints) {
          statement.execute("PRAGMA wal_autocheckpoint=0");
        }
        statement.execute("CREATE TABLE events (number INTEGER PRIMARY KEY, body BLOB)");
      }
      db.setAutoCommit(false);
      insert = db.prepareStatement("INSERT INTO events (body) VALUES (?)");
    }

    @Override
    public void append(byte[] event) throws SQLException {
      insert.setBytes(1, event);
      insert.executeUpdate();
    }

    @Override
    public void commit() throws SQLException {
      db.commit();
    }

    @Override
    public void close() throws SQLException {
      insert.close();
      db.close();
    }
  }
}
