package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a body and hands out its data as retained slices of what was read: no byte is
 * copied. One per connection and direction, begun anew for each message.
 */
public final class BodyDecoder {

  /** What {@link #next} found. */
  public enum Step {
    /** Everything given was taken; more is needed. */
    NEED_MORE,
    /** {@link #data()} holds a slice. */
    DATA,
    /** The body is over, {@link #trailers()} are there; what follows was left in the buffer. */
    END,
    /** The framing is broken: {@link #refusal()}. */
    REFUSED
  }

  public BodyDecoder(WireSettings settings) {}

  /** Begins the body that follows {@code head}. */
  public void begin(Head head) {}

  /**
   * Goes on. Call until NEED_MORE, END or REFUSED. Does not release {@code in}. After END every
   * call answers END and takes nothing: a readable rest of a response's buffer is surplus.
   */
  public Step next(ByteBuf in) {
    return Step.NEED_MORE;
  }

  /** After DATA: a retained slice, owned by the caller, who must take it. Never empty. */
  public ByteBuf data() {
    return io.netty.buffer.Unpooled.EMPTY_BUFFER;
  }

  /** The connection ended: true if the body is complete by that (until close, or ended before). */
  public boolean inputClosed() {
    return false;
  }

  /** Whether the body's end has been seen. A body of {@link Framing#NONE} is over at once. */
  public boolean isOver() {
    return false;
  }

  /** Body bytes still to come by Content-Length; -1 if not known. */
  public long remaining() {
    return -1;
  }

  /** Body bytes handed out, framing not counted. */
  public long seen() {
    return 0;
  }

  /** After END: the trailers that may be passed on; valid until the next {@link #begin}. */
  public Fields trailers() {
    return new Fields();
  }

  /** How many trailers were removed because they must not travel there. */
  public int droppedTrailers() {
    return 0;
  }

  /** After REFUSED. */
  public @Nullable Refusal refusal() {
    return null;
  }
}
