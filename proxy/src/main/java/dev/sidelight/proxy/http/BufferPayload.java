package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Payload;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A part of a buffer that was read. The buffer is retained as it is and remembered by place, since
 * a slice of it would be one more object to make here and to give back on another thread. Releasing
 * is safe from any thread; the view is made once, for the one thread that reads it.
 */
final class BufferPayload implements Payload {

  private final ByteBuf buffer;
  private final int from;
  private final int length;
  private final int pinned;
  private final LongAdder held;
  private ByteBuffer @Nullable [] view;

  /**
   * Retains the buffer.
   *
   * @param length kept of what is readable in it
   * @param held counts the bytes that payloads pin until they are released
   */
  BufferPayload(ByteBuf buffer, int length, int pinned, LongAdder held) {
    held.add(pinned);
    this.held = held;
    this.buffer = buffer.retain();
    this.from = buffer.readerIndex();
    this.length = length;
    this.pinned = pinned;
  }

  @Override
  public ByteBuffer[] buffers() {
    ByteBuffer[] known = view;
    if (known == null) {
      known = new ByteBuffer[] {buffer.nioBuffer(from, length)};
      view = known;
    }
    return known;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int pinned() {
    return pinned;
  }

  @Override
  public void release() {
    held.add(-pinned);
    buffer.release();
  }

  /** Without a view. */
  @Override
  public void copyTo(byte[] to, int at) {
    buffer.getBytes(from, to, at, length);
  }

  void copyTo(ByteBuf to) {
    to.writeBytes(buffer, from, length);
  }
}
