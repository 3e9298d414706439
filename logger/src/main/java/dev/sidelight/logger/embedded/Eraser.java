package dev.sidelight.logger.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes events out of every day file so that no byte of them stays: the text index is merged (it
 * would keep the words of deleted rows until then), the file is rewritten without its free pages,
 * and the write-ahead log is emptied. Nothing is written meanwhile; the spool waits.
 */
final class Eraser {

  private static final int TRUNCATE_ATTEMPTS = 3; // each waits up to the busy timeout

  private final DayFiles files;
  private final Ingest ingest;
  private final Path audit;
  private final InstantSource clock;

  Eraser(DayFiles files, Ingest ingest, Path audit, InstantSource clock) {
    this.files = files;
    this.ingest = ingest;
    this.audit = audit;
    this.clock = clock;
  }

  long erase(String id) throws SQLException {
    byte[] uuid = uuid(id);
    List<UUID> erased = new ArrayList<>();
    for (DayFile file : files.oldestFirst()) {
      ingest.release(file); // a rewrite wants a connection without statements of others
      List<UUID> here = ingest.exclusively(file.day(), w -> eraseFrom(w.connection(), id, uuid));
      file.removed(here.size());
      erased.addAll(here);
      if (!here.isEmpty()) {
        ingest.release(file); // the next writer must know that there are tombstones
      }
    }
    if (!erased.isEmpty()) {
      record(erased);
    }
    return erased.size();
  }

  private static byte[] uuid(String id) {
    try {
      return EventBinder.bytes(UUID.fromString(id));
    } catch (IllegalArgumentException aCallersId) {
      return new byte[0]; // matches no event
    }
  }

  private record Found(long seq, UUID id) {}

  private static List<UUID> eraseFrom(Connection connection, String id, byte[] uuid)
      throws SQLException {
    List<Found> found = find(connection, id, uuid);
    if (found.isEmpty()) {
      return List.of();
    }
    connection.setAutoCommit(true);
    Sqlite.run(connection, "PRAGMA secure_delete = ON");
    connection.setAutoCommit(false);
    for (Found each : found) {
      delete(connection, each);
    }
    for (Found each : found) {
      TextIndex.rebuild(connection, each.seq());
    }
    connection.commit();
    Sqlite.run(connection, "INSERT INTO body(body) VALUES('optimize')");
    connection.commit();
    connection.setAutoCommit(true);
    // Pages freed by earlier merges of the text index, when nothing was overwritten, may hold the
    // words too: only a rewritten file is surely clean. Its copy is made on disk, not in memory.
    Sqlite.run(connection, "PRAGMA temp_store = FILE", "VACUUM", "PRAGMA temp_store = MEMORY");
    emptyLog(connection);
    connection.setAutoCommit(false);
    return found.stream().map(Found::id).toList();
  }

  private static List<Found> find(Connection connection, String id, byte[] uuid)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seq, id FROM event WHERE id = ?1 OR exchange_id = ?1 OR (request_id = ?2 AND"
                + " ?2 <> '')")) {
      select.setBytes(1, uuid);
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Found(row.getLong(1), Rows.id(row.getBytes(2))));
        }
      }
    }
    return found;
  }

  private static void delete(Connection connection, Found found) throws SQLException {
    for (String sql :
        List.of("DELETE FROM payload WHERE seq = ?", "DELETE FROM event WHERE seq = ?")) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setLong(1, found.seq());
        delete.executeUpdate();
      }
    }
    try (PreparedStatement tombstone =
        connection.prepareStatement("INSERT OR IGNORE INTO erased VALUES(?, ?)")) {
      tombstone.setBytes(1, EventBinder.bytes(found.id()));
      tombstone.setLong(2, found.seq());
      tombstone.executeUpdate();
    }
  }

  private static void emptyLog(Connection connection) throws SQLException {
    for (int i = 0; i < TRUNCATE_ATTEMPTS; i++) {
      if (Sqlite.number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0) {
        return;
      }
    }
    throw new SQLException("erased, but a reader still holds old pages; erase again");
  }

  /** One JSON line; it holds ids and nothing else of what is gone. */
  private void record(List<UUID> ids) throws SQLException {
    StringBuilder line = new StringBuilder("{\"time\":\"").append(clock.instant());
    line.append("\",\"action\":\"erase\",\"ids\":[");
    for (int i = 0; i < ids.size(); i++) {
      line.append(i == 0 ? "\"" : ",\"").append(ids.get(i)).append('"');
    }
    byte[] bytes = line.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(audit, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException failed) {
      throw new SQLException("erased, but the audit record could not be written", failed);
    }
  }
}
