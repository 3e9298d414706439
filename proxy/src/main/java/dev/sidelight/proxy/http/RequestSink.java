package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;

/** Takes what a client sends after its head, and what happens to the client. */
interface RequestSink {

  /** Whether more of the body may be read now. */
  boolean wantsData();

  /** Body bytes; the sink owns them from here. */
  void requestData(ByteBuf data);

  /**
   * @param trailers valid until the exchange is over
   */
  void requestEnd(Fields trailers);

  /** Everything that arrived in one read has been judged and handed over. */
  void requestRead();

  /** The body's framing is broken. */
  void requestBroken(Refusal refusal);

  /** The body comes slower than the least rate. */
  void requestSlow();

  /** The client has gone, or does not read. Nothing may be sent any more. */
  void clientGone();

  /** The client reads again. */
  void clientWritable();

  /** The last byte of the answer is written: the exchange is over for the client. */
  void sent();
}
