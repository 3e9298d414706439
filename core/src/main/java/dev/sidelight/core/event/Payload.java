package dev.sidelight.core.event;

import java.nio.ByteBuffer;

/**
 * The bytes of one message that were kept, without a copy: the buffers belong to somebody else's
 * pool until {@link #release()}, which is called exactly once, by whoever holds the event last.
 */
public interface Payload {

  /**
   * Read-only views in order, the same ones every time: the caller must leave their positions where
   * they were. One thread at a time.
   */
  ByteBuffer[] buffers();

  /** Bytes kept: the sum of what the buffers hold. */
  int length();

  /** Bytes of memory this payload keeps from being freed: the capacity of the buffers it pins. */
  int pinned();

  /** Gives the buffers back. Any thread, exactly once. */
  void release();

  /** Copies all bytes to {@code to}, from {@code at} on. */
  default void copyTo(byte[] to, int at) {
    int end = at;
    for (ByteBuffer buffer : buffers()) {
      int n = buffer.remaining();
      buffer.get(buffer.position(), to, end, n);
      end += n;
    }
  }

  /** All bytes in one fresh array. For readers behind the log, not for the data path. */
  default byte[] copy() {
    byte[] bytes = new byte[length()];
    copyTo(bytes, 0);
    return bytes;
  }

  /** A payload that pins nothing. */
  static Payload of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /**
   * The same, of bytes that nobody will change.
   *
   * @param bytes from its position to its limit
   */
  static Payload of(ByteBuffer bytes) {
    return new HeapPayload(bytes);
  }

  Payload EMPTY = of(new byte[0]);
}
