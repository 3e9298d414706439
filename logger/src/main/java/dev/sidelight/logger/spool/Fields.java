package dev.sidelight.logger.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A payload's fields by tag: where each begins, and how long it is. May be read again with the next
 * payload: then texts that come back, as most do, are the same objects. One thread.
 */
final class Fields {

  private static final int TAGS = 160; // all that this version knows; others are skipped
  private static final int REMEMBERED_BYTES_MAX = 256;

  private final int[] starts = new int[TAGS];
  private final int[] lengths = new int[TAGS];
  private final @Nullable Text[] texts = new Text[TAGS];
  private ByteBuffer payload = ByteBuffer.allocate(0);

  /** A text that stood in a field last. */
  private record Text(String text, byte[] utf8) {}

  /**
   * @throws IllegalArgumentException when a field does not fit the payload
   */
  static Fields of(ByteBuffer payload) {
    Fields fields = new Fields();
    fields.read(payload);
    return fields;
  }

  /**
   * Forgets the fields there were.
   *
   * @param from on the heap, from its position to its limit
   * @throws IllegalArgumentException when a field does not fit the payload
   */
  void read(ByteBuffer from) {
    payload = from;
    Arrays.fill(lengths, 0);
    int at = from.position();
    while (at < from.limit()) {
      if (from.limit() - at < 6) {
        throw new IllegalArgumentException("a payload ends inside a field's head");
      }
      int tag = from.getShort(at) & 0xffff;
      int length = from.getInt(at + 2);
      at += 6;
      if (length < 0 || length > from.limit() - at) {
        throw new IllegalArgumentException("field %d has length %d".formatted(tag, length));
      }
      if (tag < TAGS) {
        starts[tag] = at;
        lengths[tag] = length;
      }
      at += length;
    }
  }

  boolean has(int tag) {
    return lengths[tag] > 0;
  }

  String text(int tag) {
    int length = lengths[tag];
    if (length == 0) {
      return "";
    }
    byte[] bytes = payload.array();
    int from = payload.arrayOffset() + starts[tag];
    Text last = texts[tag];
    if (last != null && Arrays.equals(last.utf8, 0, last.utf8.length, bytes, from, from + length)) {
      return last.text;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (tag >= Tag.TENANT && length <= REMEMBERED_BYTES_MAX) { // ids do not come back
      texts[tag] = new Text(text, bytes(tag));
    }
    return text;
  }

  byte[] bytes(int tag) {
    byte[] bytes = new byte[lengths[tag]];
    payload.get(starts[tag], bytes);
    return bytes;
  }

  /** A view of the field, good as long as the payload it was read from. */
  ByteBuffer view(int tag) {
    return payload.slice(starts[tag], lengths[tag]);
  }

  int number(int tag, int otherwise) {
    return lengths[tag] >= 4 ? payload.getInt(starts[tag]) : otherwise;
  }

  /** The long at a place in a field of several; 0 where there is none. */
  long at(int tag, int place) {
    return lengths[tag] >= 8 * (place + 1) ? payload.getLong(starts[tag] + 8 * place) : 0;
  }
}
