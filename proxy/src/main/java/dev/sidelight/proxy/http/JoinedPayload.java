package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Payload;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A message that came in several reads. */
final class JoinedPayload implements Payload {

  private final BufferPayload[] parts;
  private final int length;
  private final int pinned;
  private ByteBuffer @Nullable [] views;

  /** Takes the parts over. */
  JoinedPayload(BufferPayload[] parts, int length, int pinned) {
    this.parts = parts;
    this.length = length;
    this.pinned = pinned;
  }

  @Override
  public ByteBuffer[] buffers() {
    ByteBuffer[] known = views;
    if (known == null) {
      known = new ByteBuffer[parts.length];
      for (int i = 0; i < parts.length; i++) {
        known[i] = parts[i].buffers()[0];
      }
      views = known;
    }
    return known;
  }

  @Override
  public void copyTo(byte[] to, int at) {
    int end = at;
    for (BufferPayload part : parts) {
      part.copyTo(to, end);
      end += part.length();
    }
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
    for (BufferPayload part : parts) {
      part.release();
    }
  }
}
