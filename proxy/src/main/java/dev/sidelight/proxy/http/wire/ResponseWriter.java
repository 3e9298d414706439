package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes the head of a response as it goes to the client: version, framing and Connection anew, all
 * other fields as they came, copied as runs of bytes.
 */
public final class ResponseWriter {

  private static final AsciiName X_REQUEST_ID = AsciiName.of("x-request-id");
  private static final byte[] VERSION = Octets.ascii("HTTP/1.1 ");
  private static final byte[] REQUEST_ID = Octets.ascii("x-request-id: ");
  private static final byte[] UPGRADE = Octets.ascii("Connection: Upgrade\r\n");

  private ResponseWriter() {}

  /**
   * Appends a final response's head. How its body must be framed towards the client is returned:
   * LENGTH and NONE as they came; CHUNKED; or UNTIL_CLOSE for an HTTP/1.0 client, then the
   * connection must be closed after it and trailers are dropped.
   *
   * @param http10 whether the client speaks HTTP/1.0
   * @param keepAlive whether we mean to go on with the connection; {@code Connection} says it
   * @param requestId added as {@code x-request-id} if the answer has none; empty adds nothing
   */
  public static Framing write(
      Head head, boolean http10, boolean keepAlive, CharSequence requestId, ByteBuf out) {
    Framing framing = towards(head.framing, http10);
    boolean lives = keepAlive && framing != Framing.UNTIL_CLOSE;
    startLine(head, out);
    endToEnd(head.fields, framing == Framing.UNTIL_CLOSE, false, out);
    boolean toldOnly = framing == Framing.NONE && head.status != 204 && head.length >= 0;
    FieldRuns.framing(toldOnly ? Framing.LENGTH : framing, head.length, out);
    AnswerWriter.connection(out, http10, lives);
    if (requestId.length() > 0 && !head.fields.has(X_REQUEST_ID)) {
      out.writeBytes(REQUEST_ID);
      AnswerWriter.ascii(out, requestId);
      out.writeShort(FieldRuns.CRLF);
    }
    out.writeShort(FieldRuns.CRLF);
    return framing;
  }

  private static Framing towards(Framing framing, boolean http10) {
    return switch (framing) {
      case NONE, LENGTH -> framing;
      case CHUNKED, UNTIL_CLOSE -> http10 ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
    };
  }

  /** Appends a 1xx head. Never send one to an HTTP/1.0 client. */
  public static void writeInformational(Head head, ByteBuf out) {
    boolean switching = head.status == 101;
    startLine(head, out);
    endToEnd(head.fields, false, switching, out);
    if (switching) {
      out.writeBytes(UPGRADE);
    }
    out.writeShort(FieldRuns.CRLF);
  }

  private static void startLine(Head head, ByteBuf out) {
    out.ensureWritable(head.fields.filled + 128);
    out.writeBytes(VERSION);
    AnswerWriter.decimal(out, head.status);
    out.writeByte(' ');
    out.writeBytes(head.fields.bytes, head.reasonFrom, head.reasonTo - head.reasonFrom);
    out.writeShort(FieldRuns.CRLF);
  }

  private static void endToEnd(
      Fields fields, boolean trailersLost, boolean switching, ByteBuf out) {
    int run = FieldRuns.start(fields);
    for (int i = 0; i < fields.count(); i++) {
      boolean dropped =
          switch (fields.kind(i)) {
            case Kind.CONTENT_LENGTH,
                Kind.TRANSFER_ENCODING,
                Kind.CONNECTION,
                Kind.HOP,
                Kind.DROPPED ->
                true;
            case Kind.UPGRADE -> !switching;
            case Kind.TRAILER -> trailersLost;
            default -> false;
          };
      if (dropped) {
        run = FieldRuns.skip(fields, run, i, out);
      }
    }
    FieldRuns.finish(fields, run, out);
  }
}
