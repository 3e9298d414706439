package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;

/** Takes a head's bytes, and none of the body's, out of what was read. */
final class HeadBytes {

  private HeadBytes() {}

  /**
   * Moves the bytes up to the next empty line, or all there are, but at most {@code max}, from
   * {@code in} to {@code fields}. Returns how many.
   */
  static int take(ByteBuf in, Fields fields, int max) {
    int n = upToEmptyLine(in, fields, max);
    fields.reserve(n);
    in.readBytes(fields.bytes, fields.filled, n);
    fields.filled += n;
    return n;
  }

  private static int upToEmptyLine(ByteBuf in, Fields fields, int max) {
    int from = in.readerIndex();
    int to = from + Math.min(in.readableBytes(), max);
    int filled = fields.filled;
    boolean afterCr = filled > 0 && fields.bytes[filled - 1] == Octets.CR;
    int lineEnd = afterCr ? filled - 1 : filled;
    boolean empty = lineEnd == 0 || fields.bytes[lineEnd - 1] == Octets.LF;
    int at = from;
    while (at < to) {
      int lf = in.indexOf(at, to, Octets.LF);
      if (lf < 0) {
        break;
      }
      if (empty && (lf == at || (lf == at + 1 && !afterCr && in.getByte(at) == Octets.CR))) {
        return lf + 1 - from;
      }
      at = lf + 1;
      empty = true;
      afterCr = false;
    }
    return to - from;
  }
}
