package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;

/** Writes the head of a response as it goes to the client, anew where it is ours to say. */
public final class ResponseWriter {

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
    return Framing.NONE;
  }

  /** Appends a 1xx head. Never send one to an HTTP/1.0 client. */
  public static void writeInformational(Head head, ByteBuf out) {}
}
