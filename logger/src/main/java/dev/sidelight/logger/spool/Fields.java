package dev.sidelight.logger.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A payload's fields by tag: where each begins, and how long it is. */
final class Fields {

  private static final int TAGS = 160; // all that this version knows; others are skipped

  private final ByteBuffer payload;
  private final int[] starts = new int[TAGS];
  private final int[] lengths = new int[TAGS];

  private Fields(ByteBuffer payload) {
    this.payload = payload;
  }

  /**
   * @throws IllegalArgumentException when a field does not fit the payload
   */
  static Fields of(ByteBuffer payload) {
    Fields fields = new Fields(payload);
    int at = payload.position();
    while (at < payload.limit()) {
      if (payload.limit() - at < 6) {
        throw new IllegalArgumentException("a payload ends inside a field's head");
      }
      int tag = payload.getShort(at) & 0xffff;
      int length = payload.getInt(at + 2);
      at += 6;
      if (length < 0 || length > payload.limit() - at) {
        throw new IllegalArgumentException("field %d has length %d".formatted(tag, length));
      }
      if (tag < TAGS) {
        fields.starts[tag] = at;
        fields.lengths[tag] = length;
      }
      at += length;
    }
    return fields;
  }

  boolean has(int tag) {
    return lengths[tag] > 0;
  }

  String text(int tag) {
    return has(tag) ? new String(bytes(tag), StandardCharsets.UTF_8) : "";
  }

  byte[] bytes(int tag) {
    byte[] bytes = new byte[lengths[tag]];
    payload.get(starts[tag], bytes);
    return bytes;
  }

  int number(int tag, int otherwise) {
    return lengths[tag] >= 4 ? payload.getInt(starts[tag]) : otherwise;
  }

  /** The long at a place in a field of several; 0 where there is none. */
  long at(int tag, int place) {
    return lengths[tag] >= 8 * (place + 1) ? payload.getLong(starts[tag] + 8 * place) : 0;
  }
}
