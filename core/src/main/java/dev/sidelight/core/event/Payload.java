package dev.sidelight.core.event;

import java.nio.ByteBuffer;

/**
 * The bytes of one message that were kept, without a copy: the buffers belong to somebody else's
 * pool until {@link #release()}, which is called exactly once, by whoever holds the event last.
 */
public interface Payload {

  /** Read-only views in order; the caller must not move their positions (duplicate first). */
  ByteBuffer[] buffers();

  /** Bytes kept: the sum of what the buffers hold. */
  int length();

  /** Bytes of memory this payload keeps from being freed: the capacity of the buffers it pins. */
  int pinned();

  /** Gives the buffers back. Any thread, exactly once. */
  void release();

  /** All bytes in one fresh array. For readers behind the log, not for the data path. */
  default byte[] copy() {
    byte[] bytes = new byte[length()];
    int at = 0;
    for (ByteBuffer buffer : buffers()) {
      ByteBuffer view = buffer.duplicate();
      int n = view.remaining();
      view.get(bytes, at, n);
      at += n;
    }
    return bytes;
  }

  /** A payload that pins nothing. */
  static Payload of(byte[] bytes) {
    return new HeapPayload(ByteBuffer.wrap(bytes));
  }

  Payload EMPTY = of(new byte[0]);
}
