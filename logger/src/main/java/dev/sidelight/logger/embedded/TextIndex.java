package dev.sidelight.logger.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Writes the text index, one document per block of neighbouring events: a block holds the distinct
 * words of all of them. Traffic repeats its words, so this costs a small part of one document per
 * event, and a search reads the bodies of the few blocks that have all its words.
 */
final class TextIndex {

  /** A search reads up to so many bodies in vain for each word found. */
  static final int BLOCK_EVENTS = 64;

  private static final int BLOCK_CHARS = 32 << 10;

  private final PreparedStatement document;
  private final PreparedStatement block;
  private final Words words = new Words();
  private final WordSet distinct = new WordSet();
  private long first;
  private long last = -1;

  TextIndex(Connection connection) throws SQLException {
    document = connection.prepareStatement("INSERT INTO body(rowid, text) VALUES(?,?)");
    block = connection.prepareStatement("INSERT INTO text_block VALUES(?,?)");
  }

  /** Sequences rise by 1; the texts are folded. */
  void add(long seq, String request, String response) throws SQLException {
    if (last >= 0 && (seq - first >= BLOCK_EVENTS || distinct.length() > BLOCK_CHARS)) {
      flush();
    }
    if (last < 0) {
      first = seq;
    }
    last = seq;
    collect(request);
    collect(response);
  }

  private void collect(String text) {
    words.of(text);
    while (words.nextIndexed()) {
      distinct.add(words);
    }
  }

  /** Ends the block; before each commit. */
  void flush() throws SQLException {
    if (distinct.length() > 0) {
      document.setLong(1, first);
      document.setString(2, distinct.toString());
      document.executeUpdate();
      distinct.clear();
      if (last > first) {
        block.setLong(1, first);
        block.setLong(2, last);
        block.executeUpdate();
      }
    }
    last = -1;
  }

  /** Indexes the block with {@code seq} anew, from the bodies that are still there. */
  static void rebuild(Connection connection, long seq) throws SQLException {
    long start = seq;
    long end = start;
    try (PreparedStatement find =
        connection.prepareStatement(
            "SELECT first, last FROM text_block WHERE first <= ?1 ORDER BY first DESC LIMIT 1")) {
      find.setLong(1, seq);
      try (ResultSet row = find.executeQuery()) {
        if (row.next() && row.getLong(2) >= seq) {
          start = row.getLong(1);
          end = row.getLong(2);
        }
      }
    }
    for (String sql :
        new String[] {
          "DELETE FROM body WHERE rowid = ?", "DELETE FROM text_block WHERE first = ?"
        }) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setLong(1, start);
        delete.executeUpdate();
      }
    }
    refill(connection, start, end);
  }

  private static void refill(Connection connection, long start, long end) throws SQLException {
    TextIndex index = new TextIndex(connection);
    BodyText text = new BodyText();
    try (PreparedStatement bodies =
        connection.prepareStatement(
            "SELECT seq, request, request_encoding, response, response_encoding FROM payload"
                + " JOIN event USING (seq) WHERE kind <> "
                + Schema.REPORT
                + " AND seq BETWEEN ? AND ? ORDER BY seq")) {
      bodies.setLong(1, start);
      bodies.setLong(2, end);
      try (ResultSet row = bodies.executeQuery()) {
        while (row.next()) {
          index.add(
              row.getLong(1),
              text.of(row.getBytes(2), row.getString(3)),
              text.of(row.getBytes(4), row.getString(5)));
        }
      }
      index.flush();
    } finally {
      index.document.close();
      index.block.close();
    }
  }
}
