package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.BodyDecoder;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.HeadParser;
import dev.sidelight.proxy.http.wire.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Errors;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads heads and bodies one request after the other, starts what answers
 * them and writes the answers. What a client sends ahead waits here, unread, until its turn.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

  static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

  private enum State {
    HEAD,
    BODY,
    /** The request is whole, its answer is not. */
    ANSWER,
    /** The last answer is written; what the client still sends is read and thrown away. */
    DRAIN,
    CLOSED
  }

  private final Loop loop;
  private final HeadParser heads;
  private final BodyDecoder body;
  private final Dispatch dispatch;
  private final ClientClock clock;

  private State state = State.HEAD;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ClientWriter writer;
  private @Nullable Exchange exchange;
  private @Nullable RequestSink sink;
  private @Nullable ByteBuf stash;
  private boolean reading;
  private boolean handling;
  private boolean answered;
  private boolean closeAfter;

  ClientConnection(Loop loop, Listener listener) {
    this.loop = loop;
    this.heads = HeadParser.ofRequests(loop.server.wireSettings(), loop.allocator);
    this.body = new BodyDecoder(loop.server.wireSettings());
    this.dispatch = new Dispatch(loop, listener);
    this.clock = new ClientClock(loop, this);
  }

  /** Grow to 64 KiB under load, shrink to what small messages need: a log pins these buffers. */
  static RecvByteBufAllocator receiveBuffers() {
    return new AdaptiveRecvByteBufAllocator(512, 2048, 64 << 10);
  }

  // --- life

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    writer = new ClientWriter(loop, this, added, dispatch);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    loop.opened(this);
    var remote = (InetSocketAddress) active.channel().remoteAddress();
    writer().peer(dispatch.peerOf(remote.getAddress()));
    clock.headFrom(loop.now());
    read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (!(cause instanceof java.io.IOException) && !(cause instanceof Errors.NativeIoException)) {
      loop.server.unexpected(cause);
    }
    gone();
  }

  /** The client has gone or is given up. */
  void gone() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    clock.stop();
    if (stash != null) {
      stash.release();
      stash = null;
    }
    RequestSink to = sink;
    sink = null;
    if (to != null) {
      to.clientGone();
    }
    if (writer != null) {
      writer.dropHead();
    }
    recycle();
    loop.closed(this);
    if (context != null) {
      var _ = context.close();
    }
  }

  // --- reading

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (state == State.CLOSED) {
      in.release();
      return;
    }
    if (state == State.DRAIN) {
      boolean enough = clock.drained(in.readableBytes());
      in.release();
      if (enough) {
        gone();
      }
      return;
    }
    if (stash != null) {
      in = joined(stash, in);
      stash = null;
    }
    handle(in);
  }

  private ByteBuf joined(ByteBuf first, ByteBuf second) {
    ByteBuf both = loop.allocator.directBuffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }

  /** Serves what {@code in} holds, as far as its turn has come; takes it over. */
  private void handle(ByteBuf in) {
    handling = true;
    clock.received(in.readableBytes());
    while (serve(in)) {
      // one request after the other, as long as each is answered at once
    }
    handling = false;
    if (in.isReadable() && (state == State.ANSWER || state == State.BODY)) {
      stash = in;
    } else {
      in.release();
    }
    if (state == State.DRAIN && context != null) {
      read();
    }
  }

  /** Whether another request may follow in {@code in}. */
  private boolean serve(ByteBuf in) {
    if (state == State.BODY) {
      readBody(in);
    } else if (state == State.HEAD && in.isReadable()) {
      readHead(in);
    }
    RequestSink to = sink;
    if (to != null) {
      to.requestRead();
    }
    return finishAnswered() && in.isReadable();
  }

  private void readHead(ByteBuf in) {
    Exchange begun = exchange;
    Exchange mine = begun == null ? loop.takeExchange() : begun;
    exchange = mine;
    Head head = mine.head();
    switch (heads.parse(in, head)) {
      case NEED_MORE -> {
        if (begun == null) { // from its first byte on, and not anew with each
          clock.headFrom(loop.now());
        }
      }
      case REFUSED -> {
        Refusal refusal = heads.refusal();
        in.skipBytes(in.readableBytes());
        if (refusal != null) {
          begin();
          state = State.ANSWER;
          closeAfter = true;
          dispatch.refuse(writer(), refusal);
        }
      }
      case COMPLETE -> {
        begin();
        state = State.BODY;
        body.begin(head);
        sink = dispatch.start(writer(), mine);
        clock.follow(dispatch.policy());
        readBody(in);
        if (state == State.BODY) { // most are whole by now: then no clock is asked
          clock.bodyFrom(loop.now());
        }
      }
    }
  }

  private void begin() {
    answered = false;
    closeAfter = false;
    writer().begin();
  }

  private void readBody(ByteBuf in) {
    while (state == State.BODY) {
      switch (body.next(in)) {
        case NEED_MORE -> {
          return;
        }
        case DATA -> {
          ByteBuf data = body.data();
          if (sink == null) {
            data.release();
          } else {
            sink.requestData(data);
          }
        }
        case END -> {
          state = State.ANSWER;
          clock.bodyEnded();
          if (sink != null) {
            sink.requestEnd(body.trailers());
          }
        }
        case REFUSED -> {
          Refusal refusal = body.refusal();
          state = State.ANSWER;
          closeAfter = true;
          in.skipBytes(in.readableBytes());
          if (sink != null && refusal != null) {
            sink.requestBroken(refusal);
          }
        }
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    reading = false;
    read();
  }

  private boolean wantsRead() {
    return switch (state) {
      case HEAD, DRAIN -> true;
      case BODY -> sink != null && sink.wantsData();
      // one read stays asked for, so that a client that goes is seen
      case ANSWER -> stash == null;
      case CLOSED -> false;
    };
  }

  private void read() {
    if (reading || context == null) {
      return;
    }
    if (wantsRead()) {
      reading = true;
      context.read();
    } else {
      clock.paused();
    }
  }

  /** More of the body may be wanted. */
  void demand() {
    read();
  }

  // --- deadlines

  void headTimedOut() {
    if (heads.isMidHead()) {
      begin();
      state = State.ANSWER;
      closeAfter = true;
      dispatch.headTooSlow(writer());
      finishAnswered();
    } else {
      gone();
    }
  }

  void bodyTooSlow() {
    closeAfter = true;
    if (sink != null) {
      sink.requestSlow();
    }
  }

  // --- answers

  boolean isClosed() {
    return state == State.CLOSED;
  }

  boolean isHttp10() {
    return exchange != null && exchange.head().minorVersion() == 0;
  }

  boolean isHeadRequest() {
    return exchange != null && exchange.head().isMethod("HEAD");
  }

  /** Whether the connection may carry another request after this answer. */
  boolean staysAlive() {
    return !closeAfter
        && state == State.ANSWER
        && exchange != null
        && exchange.head().keepAlive()
        && !loop.server.isDraining();
  }

  /** The last byte of the answer is written. */
  void written() {
    answered = true;
    if (!handling) {
      boolean more = finishAnswered();
      ByteBuf waiting = stash;
      if (more && waiting != null) {
        stash = null;
        handle(waiting);
      }
      read();
    }
  }

  /** Bytes wait to be taken by the client. */
  void waitsForClient() {
    clock.writing(loop.now());
  }

  /** Ends what has been answered; true if the connection takes another request. */
  private boolean finishAnswered() {
    if (!answered || state == State.CLOSED) {
      return false;
    }
    answered = false;
    RequestSink to = sink;
    sink = null;
    if (to != null) {
      to.sent();
    }
    boolean whole = state == State.ANSWER && !closeAfter;
    recycle();
    if (writer().keepsAlive() && whole) {
      state = State.HEAD;
      clock.idleFrom(loop.now());
      return true;
    }
    closeGently();
    return false;
  }

  private void recycle() {
    Exchange mine = exchange;
    if (mine != null) {
      exchange = null;
      mine.head().release();
      loop.giveBack(mine);
    }
  }

  /** Ends our half and reads on for a while: a reset could overtake the answer. */
  private void closeGently() {
    state = State.DRAIN;
    if (stash != null) {
      stash.release();
      stash = null;
    }
    clock.drainFrom(loop.now());
    if (context != null) {
      ((SocketChannel) context.channel())
          .shutdownOutput()
          .addListener(
              future -> {
                if (!future.isSuccess()) {
                  gone();
                }
              });
    }
    read();
  }

  /** Whoever served the request gives up on this client: he need not be told. */
  void forsaken() {
    sink = null;
  }

  /** What is written goes out, then the connection closes. */
  void closing() {
    state = State.DRAIN;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (sink != null && from.channel().isWritable()) {
      sink.clientWritable();
    }
  }

  /** Bytes that the client's socket has taken. */
  long progress() {
    return writer().written() - heldBytes();
  }

  /** The client does not read: it is told by a reset. */
  void stalled() {
    if (context != null) {
      ((SocketChannel) context.channel()).config().setSoLinger(0);
    }
    gone();
  }

  long heldBytes() {
    return Loop.pending(context == null ? null : context.channel());
  }

  /** The process is ending: an idle connection closes now, a busy one after its answer. */
  void drain() {
    if (state == State.HEAD && !heads.isMidHead()) {
      gone();
    }
  }

  private ClientWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("a connection has a writer from its start");
    }
    return writer;
  }
}
