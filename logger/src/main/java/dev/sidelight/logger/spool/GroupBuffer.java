package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on their way into one gathering write: what was encoded is copied together into direct
 * memory, large bodies stay where they are. One thread.
 */
final class GroupBuffer {

  /** Up to this a copy is cheaper than one more part of a gathering write. */
  static final int COPIED_MAX = 4096;

  /** Written out when so much has gathered. */
  static final int FULL = 256 << 10;

  private final ByteBuffer small = ByteBuffer.allocateDirect(FULL + (64 << 10));
  private final List<ByteBuffer> parts = new ArrayList<>();
  private int partFrom;
  private long bytes;

  void put(byte[] from, int at, int length) {
    if (length > small.remaining()) {
      endPart();
      byte[] own = new byte[length]; // rare: one field larger than the buffer
      System.arraycopy(from, at, own, 0, length);
      parts.add(ByteBuffer.wrap(own));
    } else {
      small.put(from, at, length);
    }
    bytes += length;
  }

  /** By reference: it must stay as it is until it is written. */
  void put(Payload payload) {
    if (payload.length() > 0) {
      endPart();
      for (ByteBuffer buffer : payload.buffers()) {
        parts.add(buffer.duplicate());
      }
      bytes += payload.length();
    }
  }

  void pad(int zeros) {
    if (zeros > small.remaining()) {
      parts.add(ByteBuffer.allocate(zeros));
    } else {
      for (int i = 0; i < zeros; i++) {
        small.put((byte) 0);
      }
    }
    bytes += zeros;
  }

  /** True when it should be written before more is put in. */
  boolean isFull() {
    return bytes >= FULL || small.remaining() < (64 << 10) || parts.size() > 500;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  long bytes() {
    return bytes;
  }

  /** Everything gathered; {@link #clear} before more is put in. */
  ByteBuffer[] take() {
    endPart();
    return parts.toArray(ByteBuffer[]::new);
  }

  void clear() {
    small.clear();
    parts.clear();
    partFrom = 0;
    bytes = 0;
  }

  private void endPart() {
    if (small.position() > partFrom) {
      parts.add(small.slice(partFrom, small.position() - partFrom));
      partFrom = small.position();
    }
  }
}
