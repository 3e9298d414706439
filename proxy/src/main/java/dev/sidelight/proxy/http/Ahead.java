package dev.sidelight.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** Body bytes that came before there was a backend connection to send them on. */
final class Ahead {

  private static final int BYTES_MAX = 64 << 10;

  private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>();
  private long bytes;

  /** Whether more of the body may be read. */
  boolean hasRoom() {
    return bytes < BYTES_MAX;
  }

  void add(ByteBuf part) {
    bytes += part.readableBytes();
    parts.addLast(part);
  }

  void sendTo(BackendStream stream) {
    for (ByteBuf part = parts.pollFirst(); part != null; part = parts.pollFirst()) {
      stream.data(part);
    }
    bytes = 0;
  }

  void release() {
    for (ByteBuf part = parts.pollFirst(); part != null; part = parts.pollFirst()) {
      part.release();
    }
    bytes = 0;
  }
}
