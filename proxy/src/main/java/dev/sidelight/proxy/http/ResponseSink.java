package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;

/** Takes what a backend answers, and what happens to the backend. */
interface ResponseSink {

  /** Whether more of the answer may be read now. */
  boolean wantsResponseData();

  /** A 1xx head. */
  void informational(Head head);

  /** The final head. */
  void responseHead(Head head);

  /** Body bytes; the sink owns them from here. */
  void responseData(ByteBuf data);

  /**
   * @param reusable the answer was parsed without doubt and nothing follows it
   */
  void responseEnd(Fields trailers, boolean reusable);

  /** Everything that arrived in one read has been handed over. */
  void responseRead();

  /** The answer is not HTTP as it should be. */
  void responseBroken(Refusal refusal);

  /** The connection ended before the answer did. */
  void backendGone();

  /** The backend reads again. */
  void backendWritable();
}
