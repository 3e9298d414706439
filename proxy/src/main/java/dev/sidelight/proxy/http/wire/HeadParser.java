package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads, strictly, one after the other. A head may arrive in any pieces; what follows it
 * stays in the buffer. One per connection and direction.
 */
public final class HeadParser {

  private HeadParser() {}

  public static HeadParser ofRequests(WireSettings settings, ByteBufAllocator allocator) {
    return new HeadParser();
  }

  public static HeadParser ofResponses(WireSettings settings, ByteBufAllocator allocator) {
    return new HeadParser();
  }

  /**
   * Goes on reading a request head. The same {@code head} must be given until the answer is not
   * {@link Progress#NEED_MORE}; it is cleared when a new head begins. Takes the head's bytes from
   * {@code in} and leaves the rest; does not release {@code in}.
   */
  public Progress parse(ByteBuf in, Head head) {
    return parse(in, head, Asked.PLAIN);
  }

  /** The same for a response to {@code asked}. */
  public Progress parse(ByteBuf in, Head head, Asked asked) {
    return Progress.NEED_MORE;
  }

  /** Whether some bytes of a head have been read but not all of it. */
  public boolean isMidHead() {
    return false;
  }

  /** After {@link Progress#REFUSED}. */
  public @Nullable Refusal refusal() {
    return null;
  }
}
