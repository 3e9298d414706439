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

  private final ChunkLine chunkLine = new ChunkLine();
  private final Trailers trailers;

  private Framing framing = Framing.NONE;
  private boolean inData;
  private boolean inTrailers;
  private boolean over = true;
  private long remaining;
  private long seen;
  private @Nullable ByteBuf data;
  private @Nullable Refusal refusal;

  public BodyDecoder(WireSettings settings) {
    this.trailers = new Trailers(settings);
  }

  /** Begins the body that follows {@code head}. */
  public void begin(Head head) {
    framing = head.framing;
    over = framing == Framing.NONE || (framing == Framing.LENGTH && head.length == 0);
    remaining = framing == Framing.LENGTH ? head.length : 0;
    seen = 0;
    inData = framing != Framing.CHUNKED;
    inTrailers = false;
    refusal = null;
    chunkLine.begin(/* afterData= */ false);
    trailers.begin();
  }

  /**
   * Goes on. Call until NEED_MORE, END or REFUSED. Does not release {@code in}. After END every
   * call answers END and takes nothing: a readable rest of a response's buffer is surplus.
   */
  public Step next(ByteBuf in) {
    while (!over && refusal == null && in.isReadable()) {
      if (inData) {
        return slice(in);
      }
      if (inTrailers) {
        refusal = trailers.read(in);
        over = trailers.isDone();
      } else {
        refusal = chunkLine.read(in);
        if (chunkLine.isDone()) {
          remaining = chunkLine.size();
          inData = remaining > 0;
          inTrailers = remaining == 0;
        }
      }
    }
    if (refusal != null) {
      return Step.REFUSED;
    }
    return over ? Step.END : Step.NEED_MORE;
  }

  private Step slice(ByteBuf in) {
    int n = in.readableBytes();
    if (framing != Framing.UNTIL_CLOSE) {
      n = (int) Math.min(n, remaining);
      remaining -= n;
      if (remaining == 0) {
        over = framing == Framing.LENGTH;
        inData = false;
        chunkLine.begin(/* afterData= */ true);
      }
    }
    seen += n;
    data = in.readRetainedSlice(n);
    return Step.DATA;
  }

  /** After DATA: a retained slice, owned by the caller, who must take it. Never empty. */
  public ByteBuf data() {
    ByteBuf taken = data;
    if (taken == null) {
      throw new IllegalStateException("there is no data, or it was taken before");
    }
    data = null;
    return taken;
  }

  /** The connection ended: true if the body is complete by that (until close, or ended before). */
  public boolean inputClosed() {
    over |= framing == Framing.UNTIL_CLOSE;
    return over;
  }

  /** Whether the body's end has been seen. A body of {@link Framing#NONE} is over at once. */
  public boolean isOver() {
    return over;
  }

  /** Body bytes still to come by Content-Length; -1 if not known. */
  public long remaining() {
    if (over) {
      return 0;
    }
    return framing == Framing.LENGTH ? remaining : -1;
  }

  /** Body bytes handed out, framing not counted. */
  public long seen() {
    return seen;
  }

  /** After END: the trailers that may be passed on; valid until the next {@link #begin}. */
  public Fields trailers() {
    return trailers.fields();
  }

  /** How many trailers were removed because they must not travel there. */
  public int droppedTrailers() {
    return trailers.dropped();
  }

  /** After REFUSED. */
  public @Nullable Refusal refusal() {
    return refusal;
  }
}
