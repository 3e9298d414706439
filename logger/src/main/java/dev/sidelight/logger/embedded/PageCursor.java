package dev.sidelight.logger.embedded;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.filter.Filter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Base64;

/**
 * Where the next page begins.
 *
 * @param day of the file the position lies in
 * @param below every row of the next pages lies below this
 * @param filterHash of the filter in canonical form: a cursor fits one filter only
 */
record PageCursor(LocalDate day, Position below, long filterHash) {

  private static final int BYTES = 28;

  String encode() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putInt((int) day.toEpochDay())
            .putLong(below.timeMicros())
            .putLong(below.seq())
            .putLong(filterHash)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static PageCursor decode(String text, long filterHash) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw mismatch("the cursor is not one of ours");
    }
    if (bytes.remaining() != BYTES) {
      throw mismatch("the cursor is not one of ours");
    }
    LocalDate day = LocalDate.ofEpochDay(bytes.getInt());
    Position below = new Position(bytes.getLong(), bytes.getLong());
    if (bytes.getLong() != filterHash) {
      throw mismatch("the cursor belongs to another filter");
    }
    return new PageCursor(day, below, filterHash);
  }

  private static QueryException mismatch(String message) {
    return new QueryException("cursor_mismatch", -1, message);
  }

  static long hash(Filter filter) {
    try {
      byte[] text = filter.toString().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }
}
