package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Writes tag, length, bytes; leaves out what is empty. Reused from record to record. */
final class FieldWriter {

  private byte[] bytes = new byte[16 << 10];
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int at;

  /** Begins anew, leaving room for what the caller writes at the front. */
  void reset(int from) {
    at = from;
  }

  int end() {
    return at;
  }

  byte[] array() {
    return bytes;
  }

  ByteBuffer view() {
    return view;
  }

  void text(int tag, String text) {
    int n = text.length();
    if (n == 0) {
      return;
    }
    ensure(6 + 3 * n);
    int to = at + 6;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        wide(tag, text);
        return;
      }
      bytes[to++] = (byte) c;
    }
    head(tag, n);
    at = to;
  }

  private void wide(int tag, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(tag, utf8.length);
    put(utf8);
  }

  void number(int tag, int value) {
    ensure(10);
    head(tag, 4);
    view.putInt(at, value);
    at += 4;
  }

  void number(int tag, long value) {
    numbers(tag, value);
  }

  void numbers(int tag, long... values) {
    ensure(6 + 8 * values.length);
    head(tag, 8 * values.length);
    for (long value : values) {
      view.putLong(at, value);
      at += 8;
    }
  }

  void id(int tag, UUID id) {
    numbers(tag, id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  void bytes(int tag, byte[] value) {
    ensure(6 + value.length);
    head(tag, value.length);
    put(value);
  }

  /** The kept fields of a head. */
  void fields(int tag, Payload head, HeadFields policy) {
    int n = head.length();
    if (n == 0) {
      return;
    }
    ensure(6 + n);
    int from = at + 6;
    int to = from + n;
    head.copyTo(bytes, from);
    int end = policy.keep(bytes, from, to);
    Arrays.fill(bytes, end, to, (byte) 0); // what was not kept shall not lie about either
    if (end > from) {
      head(tag, end - from);
      at = end;
    }
  }

  void payload(int tag, Payload payload) {
    int n = payload.length();
    if (n > 0) {
      ensure(6 + n);
      head(tag, n);
      payload.copyTo(bytes, at);
      at += n;
    }
  }

  /** Only tag and length: the bytes follow from elsewhere. */
  void head(int tag, int length) {
    ensure(6);
    view.putShort(at, (short) tag).putInt(at + 2, length);
    at += 6;
  }

  private void put(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
      view = ByteBuffer.wrap(bytes);
    }
  }
}
