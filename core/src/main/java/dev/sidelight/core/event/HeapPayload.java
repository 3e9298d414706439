package dev.sidelight.core.event;

import java.nio.ByteBuffer;

/** Bytes on the heap: nothing to give back. */
record HeapPayload(ByteBuffer bytes) implements Payload {

  @Override
  public ByteBuffer[] buffers() {
    return new ByteBuffer[] {bytes};
  }

  @Override
  public int length() {
    return bytes.remaining();
  }

  @Override
  public int pinned() {
    return bytes.capacity();
  }

  @Override
  public void release() {
    // the garbage collector's
  }
}
