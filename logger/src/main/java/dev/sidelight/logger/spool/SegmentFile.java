package dev.sidelight.logger.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment's records, a window at a time. A record is believed only when its CRC is right
 * and its sequence is one that is expected there. One thread.
 */
final class SegmentFile implements Closeable {

  private static final int WINDOW = 128 << 10;

  private final Disk.DiskFile file;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW);
  private long windowAt;
  private boolean lent;

  SegmentFile(Disk.DiskFile file) {
    this.file = file;
    window.limit(0);
  }

  /**
   * A record that was believed; the payload is a view, good until the next read, or for ever when
   * it is lent.
   */
  record Found(RecordHead head, ByteBuffer payload) {}

  /** A believable record behind a damaged place. */
  record Next(long at, RecordHead head) {}

  long size() throws IOException {
    return file.size();
  }

  /** The segment's header, or null when it is not whole. */
  @Nullable SegmentHeader header() throws IOException {
    ByteBuffer bytes = at(0, SegmentHeader.BYTES);
    return bytes == null ? null : SegmentHeader.read(bytes);
  }

  /**
   * The record at {@code at}.
   *
   * @return null when there is none whose CRC is right
   */
  @Nullable Found read(long at) throws IOException {
    ByteBuffer bytes = at(at, RecordHead.BYTES);
    if (bytes == null || bytes.getInt(0) != RecordHead.MAGIC) {
      return null;
    }
    RecordHead head = RecordHead.read(bytes, 0);
    boolean large = head.length() > WINDOW; // the size is asked for before memory is
    if (!head.isPlausible(Integer.MAX_VALUE) || (large && at + head.length() > file.size())) {
      return null;
    }
    ByteBuffer record = at(at, head.length());
    if (record == null || RecordHead.crc(record, 0, head.payloadLength()) != head.crc()) {
      return null;
    }
    return new Found(head, record.slice(RecordHead.BYTES, head.payloadLength()));
  }

  /**
   * The first record at or after {@code from} that is whole and has a sequence in {@code [expected,
   * end)}; records begin at multiples of 8.
   */
  @Nullable Next find(long from, long expected, long end) throws IOException {
    long size = file.size();
    for (long at = from; at + RecordHead.BYTES <= size; at += 8) {
      ByteBuffer bytes = at(at, RecordHead.BYTES);
      if (bytes == null) {
        return null;
      }
      if (bytes.getInt(0) == RecordHead.MAGIC) {
        Found found = read(at);
        if (found != null && found.head.sequence() >= expected && found.head.sequence() < end) {
          return new Next(at, found.head);
        }
      }
    }
    return null;
  }

  /** The type byte of a damaged record, for what it is worth; 0 when even its magic is gone. */
  int typeAt(long at) throws IOException {
    ByteBuffer bytes = at(at, RecordHead.BYTES);
    return bytes == null || bytes.getInt(0) != RecordHead.MAGIC ? 0 : bytes.get(48) & 0xff;
  }

  /** Bytes as they are; fewer at the end of the file. */
  byte[] copy(long from, int length) throws IOException {
    int n = (int) Math.max(0, Math.min(length, file.size() - from));
    ByteBuffer bytes = n == 0 ? null : at(from, n);
    byte[] copy = new byte[bytes == null ? 0 : n];
    if (bytes != null) {
      bytes.get(0, copy);
    }
    return copy;
  }

  /** What was read last is somebody else's now: it stays as it is. */
  void lend() {
    lent = true;
  }

  /** What was read ahead may have been written anew. */
  void forget() {
    window.limit(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A view of {@code length} bytes, or null when the file ends before. */
  private @Nullable ByteBuffer at(long at, int length) throws IOException {
    long skip = at - windowAt;
    if (skip < 0 || skip + length > window.limit()) {
      fill(at, length);
      skip = 0;
    }
    return length > window.limit() - skip ? null : window.slice((int) skip, length);
  }

  private void fill(long at, int length) throws IOException {
    // with room for the next head: then it need not be read by itself before a large record
    int capacity = Math.max(WINDOW, length + RecordHead.BYTES);
    ByteBuffer next = window;
    if (lent || next.capacity() < capacity || (next.capacity() > WINDOW && capacity == WINDOW)) {
      next = ByteBuffer.allocate(capacity); // smaller again: a large record shall not pin memory
    }
    int n = carry(at, next);
    window = next;
    windowAt = at;
    lent = false;
    while (n < capacity) {
      // in pieces: the JDK keeps a direct buffer as large as the largest read of a thread
      window.limit(Math.min(capacity, n + WINDOW)).position(n);
      int read = file.read(window, at + n);
      if (read <= 0) {
        break;
      }
      n += read;
    }
    window.limit(n).position(0);
  }

  /** Moves what is there already from {@code at} on to the front of {@code next}; how much. */
  private int carry(long at, ByteBuffer next) {
    long skip = at - windowAt;
    if (skip < 0 || skip >= window.limit()) {
      return 0;
    }
    int n = Math.min(window.limit() - (int) skip, next.limit());
    next.put(0, window, (int) skip, n);
    return n;
  }
}
