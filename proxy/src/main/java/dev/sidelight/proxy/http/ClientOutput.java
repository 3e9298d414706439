package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.AnswerWriter;
import dev.sidelight.proxy.http.wire.ChunkWriter;
import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Framing;
import dev.sidelight.proxy.http.wire.Head;
import dev.sidelight.proxy.http.wire.ResponseWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writing half of a client's connection: frames one answer after the other. */
final class ClientOutput {

  private final ChannelHandlerContext context;
  private final ByteBufAllocator allocator;
  private final Supplier<String> date;
  private Framing framing = Framing.NONE;
  private @Nullable ByteBuf unsentHead;
  private boolean begun;
  private boolean keepAlive;
  private long written;

  /**
   * @param date value of the Date field of our own answers
   */
  ClientOutput(ChannelHandlerContext context, ByteBufAllocator allocator, Supplier<String> date) {
    this.date = date;
    this.context = context;
    this.allocator = allocator;
  }

  /** Before an answer. */
  void reset() {
    begun = false;
    framing = Framing.NONE;
    dropHead();
  }

  /** Whether a final head has been given. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the answer's head lets the connection live. */
  boolean keepsAlive() {
    return keepAlive;
  }

  /** Bytes handed to the channel since the connection began. */
  long written() {
    return written;
  }

  /** Whether the end of the body is where the connection ends. */
  boolean endsByClose() {
    return framing == Framing.UNTIL_CLOSE;
  }

  void informational(Head head) {
    ByteBuf out = allocator.directBuffer(head.size() + 64);
    ResponseWriter.writeInformational(head, out);
    write(out);
  }

  void proceed() {
    ByteBuf out = allocator.directBuffer(32);
    AnswerWriter.continueHead(out);
    write(out);
  }

  void respond(Head head, boolean http10, boolean alive, CharSequence requestId) {
    ByteBuf out = allocator.directBuffer(head.size() + 256);
    framing = ResponseWriter.write(head, http10, alive, requestId, out);
    begin(out, alive && framing != Framing.UNTIL_CLOSE);
  }

  /**
   * The head of an answer of ours.
   *
   * @param length of the body, -1 for a stream
   */
  void head(int status, Map<String, String> fields, long length, boolean http10, boolean alive) {
    ByteBuf out = allocator.directBuffer(512);
    AnswerWriter.start(out, status);
    AnswerWriter.field(out, "date", date.get());
    for (Map.Entry<String, String> field : fields.entrySet()) {
      AnswerWriter.field(out, field.getKey(), field.getValue());
    }
    if (status == 204 || status == 304) {
      AnswerWriter.endBodiless(out, http10, alive);
      framing = Framing.NONE;
    } else if (length >= 0) {
      AnswerWriter.end(out, length, http10, alive);
      framing = Framing.LENGTH;
    } else {
      framing = AnswerWriter.endStream(out, http10, alive);
    }
    begin(out, alive && framing != Framing.UNTIL_CLOSE);
  }

  private void begin(ByteBuf head, boolean alive) {
    unsentHead = head;
    begun = true;
    keepAlive = alive;
  }

  void data(ByteBuf data) {
    if (framing != Framing.CHUNKED) {
      writeHead();
      write(data);
      return;
    }
    if (unsentHead != null) {
      ChunkWriter.appendPrefix(unsentHead, data.readableBytes());
      writeHead();
    } else {
      write(ChunkWriter.prefix(allocator, data.readableBytes()));
    }
    write(data);
    write(ChunkWriter.suffix());
  }

  void end(@Nullable Fields trailers) {
    if (framing == Framing.CHUNKED) {
      if (trailers == null) {
        write(Unpooled.wrappedBuffer(LAST_CHUNK));
      } else if (unsentHead != null) {
        ChunkWriter.appendLast(unsentHead, trailers);
      } else {
        write(ChunkWriter.last(allocator, trailers));
      }
    }
    writeHead();
  }

  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  void flush() {
    writeHead();
    context.flush();
  }

  /** Forgets a head that was not written. */
  void dropHead() {
    if (unsentHead != null) {
      unsentHead.release();
      unsentHead = null;
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
    written += out.readableBytes();
    var _ = context.write(out, context.voidPromise());
  }
}
