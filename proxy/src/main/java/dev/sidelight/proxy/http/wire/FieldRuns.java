package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;

/** Copies the fields that stay as byte runs between those that do not. */
final class FieldRuns {

  static final int CRLF = 0x0d0a;

  private static final byte[] CONTENT_LENGTH = Octets.ascii("Content-Length: ");
  private static final byte[] CHUNKED = Octets.ascii("Transfer-Encoding: chunked\r\n");

  private FieldRuns() {}

  static int start(Fields fields) {
    return fields.count() == 0 ? 0 : fields.nameFrom(0);
  }

  /** Copies the run before field {@code i}; the next one begins after that field. */
  static int skip(Fields fields, int run, int i, ByteBuf out) {
    int to = fields.nameFrom(i);
    if (to > run) {
      out.writeBytes(fields.bytes, run, to - run);
    }
    return fields.lineTo(i);
  }

  /** Copies the last run. */
  static void finish(Fields fields, int run, ByteBuf out) {
    if (fields.count() > 0) {
      int to = fields.lineTo(fields.count() - 1);
      out.writeBytes(fields.bytes, run, to - run);
    }
  }

  static void framing(Framing framing, long length, ByteBuf out) {
    if (framing == Framing.LENGTH) {
      length(length, out);
    } else if (framing == Framing.CHUNKED) {
      out.writeBytes(CHUNKED);
    }
  }

  static void length(long length, ByteBuf out) {
    out.writeBytes(CONTENT_LENGTH);
    AnswerWriter.decimal(out, length);
    out.writeShort(CRLF);
  }
}
