package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Frames data as chunks without copying it: write {@link #prefix}, the data, {@link #suffix}, in
 * one flush; at the end {@link #last}.
 */
public final class ChunkWriter {

  private static final ByteBuf CRLF =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(2, 2).writeByte('\r').writeByte('\n').asReadOnly());

  private ChunkWriter() {}

  /** The line before {@code size} bytes of data, {@code size} >= 1. */
  public static ByteBuf prefix(ByteBufAllocator allocator, int size) {
    ByteBuf out = allocator.directBuffer(16, 16);
    appendPrefix(out, size);
    return out;
  }

  /** The same, appended to the head's buffer for the first data of a message. */
  public static void appendPrefix(ByteBuf out, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a chunk must not be empty, got size " + size);
    }
    int digits = (35 - Integer.numberOfLeadingZeros(size)) / 4;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.writeByte("0123456789abcdef".charAt((size >> shift) & 15));
    }
    out.writeShort(0x0d0a);
  }

  /** What follows the data of a chunk. Shared; may be written and released like any buffer. */
  public static ByteBuf suffix() {
    return CRLF.duplicate();
  }

  /** The last chunk and the trailers (as {@link BodyDecoder#trailers()} gave them). */
  public static ByteBuf last(ByteBufAllocator allocator, Fields trailers) {
    ByteBuf out = allocator.directBuffer(5 + trailers.filled);
    appendLast(out, trailers);
    return out;
  }

  /** The same, appended. */
  public static void appendLast(ByteBuf out, Fields trailers) {
    out.writeByte('0').writeShort(0x0d0a);
    for (int i = 0; i < trailers.count(); i++) {
      int from = trailers.nameFrom(i);
      out.writeBytes(trailers.bytes, from, trailers.lineTo(i) - from);
    }
    out.writeShort(0x0d0a);
  }
}
