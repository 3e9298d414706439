package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Payload;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Retained slices of what was read. Releasing a slice is safe from any thread. */
final class BufferPayload implements Payload {

  private final ByteBuf[] slices;
  private final int length;
  private final int pinned;
  private final LongAdder held;

  /**
   * Takes the slices over.
   *
   * @param held counts the bytes that payloads pin until they are released
   */
  BufferPayload(ByteBuf[] slices, int length, int pinned, LongAdder held) {
    held.add(pinned);
    this.held = held;
    this.slices = slices;
    this.length = length;
    this.pinned = pinned;
  }

  @Override
  public ByteBuffer[] buffers() {
    ByteBuffer[] views = new ByteBuffer[slices.length];
    for (int i = 0; i < slices.length; i++) {
      views[i] = slices[i].nioBuffer();
    }
    return views;
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
    for (ByteBuf slice : slices) {
      slice.release();
    }
  }
}
