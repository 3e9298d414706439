package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said to one client: answers of backends and our own. Silent once the client has gone. */
final class ClientWriter implements ClientStream {

  private final ClientConnection connection;
  private final ChannelHandlerContext context;
  private final ClientOutput output;
  private final Dispatch dispatch;
  private @Nullable Peer peer;

  ClientWriter(
      Loop loop, ClientConnection connection, ChannelHandlerContext context, Dispatch dispatch) {
    this.connection = connection;
    this.context = context;
    this.output = new ClientOutput(context, loop.allocator, loop::date);
    this.dispatch = dispatch;
  }

  void peer(Peer connected) {
    peer = connected;
  }

  @Override
  public Peer peer() {
    if (peer == null) {
      throw new IllegalStateException("a connection has a peer from its start");
    }
    return peer;
  }

  Listener listener() {
    return dispatch.listener();
  }

  /** Before an answer. */
  void begin() {
    output.reset();
  }

  void dropHead() {
    output.dropHead();
  }

  boolean keepsAlive() {
    return output.keepsAlive();
  }

  /** Bytes handed to the channel since the connection began. */
  long written() {
    return output.written();
  }

  private boolean isAlive(boolean close) {
    return !close && connection.staysAlive();
  }

  @Override
  public void informational(Head head) {
    if (!connection.isClosed() && !connection.isHttp10()) {
      output.informational(head);
    }
  }

  @Override
  public void proceed() {
    if (!connection.isClosed() && !connection.isHttp10()) {
      output.proceed();
      output.flush();
    }
  }

  @Override
  public void respond(Head head, CharSequence requestId, boolean close) {
    if (!connection.isClosed()) {
      output.respond(head, connection.isHttp10(), isAlive(close), requestId);
    }
  }

  @Override
  public byte[] text(Problem problem, String requestId) {
    return Problems.json(problem, requestId, dispatch.asksErrorMember());
  }

  @Override
  public void answer(Problem problem, byte[] text, String requestId, boolean close) {
    whole(problem.status(), dispatch.fields(problem, requestId, Map.of()), text, close);
  }

  /** A problem in place of any answer; the connection goes on if the request was read whole. */
  void refuse(Problem problem, String requestId, Map<String, String> more) {
    Map<String, String> fields = dispatch.fields(problem, requestId, more);
    whole(problem.status(), fields, text(problem, requestId), /* close= */ false);
  }

  /** A whole answer of ours. */
  void whole(int status, Map<String, String> fields, byte[] text, boolean close) {
    if (connection.isClosed()) {
      return;
    }
    boolean bodiless = status == 204 || status == 304 || connection.isHeadRequest();
    output.head(status, fields, text.length, connection.isHttp10(), isAlive(close));
    if (!bodiless && text.length > 0) {
      output.data(Unpooled.wrappedBuffer(text));
    }
    end(null);
  }

  /** The head of a streamed answer of ours. */
  void streamed(int status, Map<String, String> fields) {
    if (!connection.isClosed()) {
      output.head(status, fields, -1, connection.isHttp10(), isAlive(false));
    }
  }

  @Override
  public void data(ByteBuf data) {
    if (connection.isClosed()) {
      data.release();
    } else {
      output.data(data);
    }
  }

  @Override
  public void end(@Nullable Fields trailers) {
    if (connection.isClosed()) {
      return;
    }
    output.end(trailers);
    output.flush();
    if (connection.heldBytes() == 0) {
      connection.written();
      return;
    }
    connection.waitsForClient();
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            future -> {
              if (future.isSuccess()) {
                connection.written();
              } else {
                connection.gone();
              }
            });
  }

  @Override
  public void reset() {
    connection.forsaken();
    if (connection.isClosed()) {
      return;
    }
    if (output.endsByClose()) {
      // only a reset tells this client that the body is not whole
      ((SocketChannel) context.channel()).config().setSoLinger(0);
    } else {
      output.flush();
      if (connection.heldBytes() > 0) {
        connection.waitsForClient();
        connection.closing();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        return;
      }
    }
    connection.gone();
  }

  @Override
  public void flush() {
    if (!connection.isClosed()) {
      output.flush();
      if (connection.heldBytes() > 0) {
        connection.waitsForClient();
      }
    }
  }

  @Override
  public boolean isWritable() {
    return context.channel().isWritable();
  }

  @Override
  public void demand() {
    connection.demand();
  }
}
