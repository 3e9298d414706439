package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Peer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: what may be sent to it. Called on its loop only. What it sends
 * arrives at the exchange's {@link RequestSink}.
 */
interface ClientStream {

  Peer peer();

  /** A 1xx head. */
  void informational(Head head);

  /** {@code 100 Continue} of our own. */
  void proceed();

  /**
   * A final head from the backend.
   *
   * @param requestId added where the answer has none; empty adds nothing
   * @param close the connection ends after this answer
   */
  void respond(Head head, CharSequence requestId, boolean close);

  /** Body bytes; the stream owns them from here. */
  void data(ByteBuf data);

  /** The end of the body. {@link RequestSink#sent} follows when its last byte is written. */
  void end(@Nullable Fields trailers);

  /** The body of an answer of our own, as this client's route wants it. */
  byte[] text(Problem problem, String requestId);

  /** A whole answer of our own, in place of {@link #respond}. {@link RequestSink#sent} follows. */
  void answer(Problem problem, byte[] text, String requestId, boolean close);

  /** Gives up: the client must not take what it got for a whole answer. */
  void reset();

  void flush();

  /** False while more than the high watermark waits to be read by the client. */
  boolean isWritable();

  /** The exchange takes body bytes again: see {@link RequestSink#wantsData}. */
  void demand();
}
