package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Peer;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The backend's side of one exchange, lent by a {@link Pool}. Called on its loop only. */
interface BackendStream {

  /** Whether it carried an exchange before: then it may have been closed while it lay idle. */
  boolean isReused();

  /**
   * Sends the head as it goes to the backend.
   *
   * @return why it must not be sent ({@code proxy_loop}), then nothing was; or null
   */
  @Nullable Refusal request(Head head, Peer peer, CharSequence requestId);

  /** Body bytes; the stream owns them from here. */
  void data(ByteBuf data);

  void end(@Nullable Fields trailers);

  void flush();

  boolean isWritable();

  /** The exchange takes response bytes again: see {@link ResponseSink#wantsResponseData}. */
  void demand();

  /** The exchange is over. A stream that may not be reused is closed. */
  void giveBack(boolean reusable);
}
