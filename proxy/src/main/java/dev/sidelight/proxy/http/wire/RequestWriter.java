package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes the head of a request as it goes to the backend, anew where it is ours to say. */
public final class RequestWriter {

  public RequestWriter(RequestRules rules) {}

  /**
   * Appends the head to {@code out}. The body is to be framed as {@link Head#framing()} says.
   *
   * @param requestId written as {@code x-request-id} if the client sent neither X-Request-Id nor
   *     Seldon-Puid
   * @return 508 proxy_loop, then nothing was written, or null
   */
  public @Nullable Refusal write(Head head, Peer peer, CharSequence requestId, ByteBuf out) {
    return null;
  }
}
