package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Asked;
import dev.sidelight.proxy.http.wire.BodyDecoder;
import dev.sidelight.proxy.http.wire.ChunkWriter;
import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Framing;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.HeadParser;
import dev.sidelight.proxy.http.wire.Peer;
import dev.sidelight.proxy.http.wire.Progress;
import dev.sidelight.proxy.http.wire.Refusal;
import dev.sidelight.proxy.http.wire.RequestWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a backend; carries one exchange at a time and rests in its pool between. */
final class BackendConnection extends ChannelInboundHandlerAdapter implements BackendStream {

  private final Loop loop;
  private final Pool pool;
  private final RequestWriter writer;
  private final HeadParser heads;
  private final BodyDecoder body;
  private final Head head = new Head();
  private final Deadline idle =
      new Deadline() {
        @Override
        void expired(long nowNanos) {
          close();
        }
      };
  private final long bornNanos;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ResponseSink sink;
  private Asked asked = Asked.PLAIN;
  private Framing sending = Framing.NONE;
  private @Nullable ByteBuf unsentHead;
  private boolean headSeen;
  private boolean reused;
  private boolean reading;
  private boolean broken;
  private boolean closed;

  BackendConnection(Loop loop, Pool pool, RequestWriter writer) {
    this.loop = loop;
    this.pool = pool;
    this.writer = writer;
    this.heads = HeadParser.ofResponses(loop.server.wireSettings(), loop.allocator);
    this.body = new BodyDecoder(loop.server.wireSettings());
    this.bornNanos = loop.now();
  }

  // --- lending

  void lentTo(ResponseSink borrower) {
    loop.deadlines.clear(idle);
    sink = borrower;
    headSeen = false;
  }

  void idleUntil(long atNanos) {
    loop.deadlines.set(idle, atNanos);
    demand();
  }

  boolean isUsable(long now) {
    return !closed
        && context != null
        && context.channel().isActive()
        && now - bornNanos < loop.server.config().timeouts().backendLife().toNanos();
  }

  @Override
  public boolean isReused() {
    return reused;
  }

  @Override
  public void giveBack(boolean reusable) {
    sink = null;
    head.release();
    if (!reusable || closed || heldBytes() > 0) {
      closeAs(/* lent= */ true);
      return;
    }
    reused = true;
    pool.returned(this);
  }

  // --- sending

  @Override
  public @Nullable Refusal request(Head request, Peer peer, CharSequence requestId) {
    ByteBuf out = loop.allocator.directBuffer(request.size() + 512);
    Refusal refusal = writer.write(request, peer, requestId, out);
    if (refusal != null) {
      out.release();
      return refusal;
    }
    unsentHead = out;
    sending = request.framing();
    boolean isHead = request.isMethod("HEAD");
    asked = isHead ? Asked.HEAD : request.expectContinue() ? Asked.CONTINUE : Asked.PLAIN;
    return null;
  }

  @Override
  public void data(ByteBuf data) {
    if (closed || context == null) {
      data.release();
      return;
    }
    if (sending != Framing.CHUNKED) {
      writeHead();
      write(data);
      return;
    }
    if (unsentHead != null) {
      ChunkWriter.appendPrefix(unsentHead, data.readableBytes());
      writeHead();
    } else {
      write(ChunkWriter.prefix(loop.allocator, data.readableBytes()));
    }
    write(data);
    write(ChunkWriter.suffix());
  }

  @Override
  public void end(@Nullable Fields trailers) {
    if (sending != Framing.CHUNKED || trailers == null) {
      return;
    }
    if (unsentHead != null) {
      ChunkWriter.appendLast(unsentHead, trailers);
    } else {
      write(ChunkWriter.last(loop.allocator, trailers));
    }
  }

  private void writeHead() {
    ByteBuf out = unsentHead;
    if (out != null) {
      unsentHead = null;
      write(out);
    }
  }

  private void write(ByteBuf out) {
    ChannelHandlerContext to = context;
    if (closed || to == null) {
      out.release();
    } else {
      var _ = to.write(out, to.voidPromise());
    }
  }

  @Override
  public void flush() {
    writeHead();
    if (!closed && context != null) {
      context.flush();
      demand();
    }
  }

  @Override
  public boolean isWritable() {
    return context != null && context.channel().isWritable();
  }

  long heldBytes() {
    return Loop.pending(context == null ? null : context.channel());
  }

  // --- receiving

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (sink == null) {
        if (!closed) {
          closeAs(/* lent= */ false); // nobody asked: whatever it is, it answers nothing
        }
        return;
      }
      receive(in);
    } finally {
      ReferenceCountUtil.release(in);
    }
    if (sink != null) {
      sink.responseRead();
    }
  }

  private void receive(ByteBuf in) {
    while (sink != null && (in.isReadable() || headSeen)) {
      if (!headSeen) {
        receiveHead(in);
      } else if (!receiveBody(in)) {
        return;
      }
    }
  }

  private void receiveHead(ByteBuf in) {
    ResponseSink to = sink;
    Progress progress = heads.parse(in, head, asked);
    if (to == null || progress == Progress.NEED_MORE) {
      return;
    }
    Refusal refusal = heads.refusal();
    if (progress == Progress.REFUSED && refusal != null) {
      broken = true;
      to.responseBroken(refusal);
    } else if (head.status() < 200) {
      to.informational(head);
      head.release();
    } else {
      headSeen = true;
      body.begin(head);
      to.responseHead(head);
    }
  }

  /** Whether to go on. */
  private boolean receiveBody(ByteBuf in) {
    ResponseSink to = sink;
    if (to == null) {
      return false;
    }
    switch (body.next(in)) {
      case NEED_MORE -> {
        return false;
      }
      case DATA -> to.responseData(body.data());
      case END -> {
        headSeen = false;
        to.responseEnd(body.trailers(), head.keepAlive() && !in.isReadable());
        return false;
      }
      case REFUSED -> {
        Refusal refusal = body.refusal();
        broken = true;
        if (refusal != null) {
          to.responseBroken(refusal);
        }
        return false;
      }
    }
    return true;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    reading = false;
    demand();
  }

  @Override
  public void demand() {
    if (!reading && !closed && context != null && (sink == null || sink.wantsResponseData())) {
      reading = true;
      context.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (sink != null && from.channel().isWritable()) {
      sink.backendWritable();
    }
  }

  // --- ending

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    ResponseSink to = sink;
    if (to == null) {
      closeAs(/* lent= */ false);
    } else if (headSeen && !broken && body.inputClosed()) {
      headSeen = false;
      to.responseEnd(body.trailers(), /* reusable= */ false);
      to.responseRead();
    } else {
      to.backendGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    broken = true; // a reset is not the end of a body that ends with its connection
    var _ = from.close();
  }

  void close() {
    closeAs(/* lent= */ false);
  }

  private void closeAs(boolean lent) {
    if (closed) {
      return;
    }
    closed = true;
    loop.deadlines.clear(idle);
    head.release();
    if (unsentHead != null) {
      unsentHead.release();
      unsentHead = null;
    }
    pool.gone(this, lent);
    if (context != null) {
      var _ = context.close();
    }
  }
}
