package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * One request or response head, received and judged: what {@link HeadParser} fills. Owned by one
 * exchange and reused for the next one on the same connection after {@link #release()}.
 *
 * <p>Its bytes are kept twice: in a reused array, on which all questions are answered, and as a
 * retained slice of what was read, for the tap.
 */
public final class Head {

  final Fields fields = new Fields();
  ByteBuf received = Unpooled.EMPTY_BUFFER;

  int methodFrom;
  int methodTo;
  int targetFrom;
  int targetTo;
  int pathFrom;
  int pathTo;
  int hostFrom;
  int hostTo;
  int reasonFrom;
  int reasonTo;
  int status;
  int minor;
  Framing framing = Framing.NONE;
  long length = -1;
  boolean keepAlive;
  boolean expectContinue;
  boolean upgrade;
  boolean encodedSlash;

  /** The head's bytes as received, start line to empty line. Valid until {@link #release()}. */
  public ByteBuf received() {
    return received;
  }

  public Fields fields() {
    return fields;
  }

  /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
  public int minorVersion() {
    return minor;
  }

  public Framing framing() {
    return framing;
  }

  /**
   * The Content-Length, or -1 if there is none. It may be set where {@link #framing()} is NONE: an
   * answer to HEAD, a 304.
   */
  public long contentLength() {
    return length;
  }

  /** Whether the sender lets the connection live after this message. */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the client waits for 100 before it sends the body. */
  public boolean expectContinue() {
    return expectContinue;
  }

  /** Whether {@code Upgrade} is there and nominated by {@code Connection}. */
  public boolean upgrade() {
    return upgrade;
  }

  /** Whether the path holds {@code %2F} or {@code %5C}; only where the settings allow it. */
  public boolean hasEncodedSlash() {
    return encodedSlash;
  }

  /** A response's status, 100 to 999; 0 in a request. */
  public int status() {
    return status;
  }

  /** Whether the request's method is this one; methods are case-sensitive. */
  public boolean isMethod(CharSequence method) {
    return same(methodFrom, methodTo, method);
  }

  /** A fresh String. */
  public String method() {
    return text(methodFrom, methodTo);
  }

  /** Bytes of the path, without query, in origin form: never 0 in a request. */
  public int pathLength() {
    return Math.max(1, pathTo - pathFrom);
  }

  /** Octet {@code at} of the path as sent (still percent-encoded), 0 to 255. */
  public int pathByte(int at) {
    return pathTo == pathFrom ? '/' : fields.bytes[pathFrom + at] & 0xff;
  }

  /** Whether the path, as sent, is this one. */
  public boolean isPath(CharSequence path) {
    return pathTo == pathFrom ? "/".contentEquals(path) : same(pathFrom, pathTo, path);
  }

  /** The path as sent, without query: a fresh String, "/" for an absolute target without one. */
  public String path() {
    return pathTo == pathFrom ? "/" : text(pathFrom, pathTo);
  }

  /** What follows the question mark, a fresh String; empty if there is none. */
  public String query() {
    return pathTo < targetTo ? text(pathTo + 1, targetTo) : "";
  }

  /** Host and port as sent: a fresh String, empty if the request (HTTP/1.0) has none. */
  public String host() {
    return text(hostFrom, hostTo);
  }

  public boolean isHost(CharSequence host) {
    return same(hostFrom, hostTo, host);
  }

  /** The reason phrase, a fresh String; may be empty. */
  public String reason() {
    return text(reasonFrom, reasonTo);
  }

  /** Bytes of the whole head, start line and empty line included. */
  public int size() {
    return fields.filled;
  }

  /** Gives the received bytes back. May be called again; the head may then be filled anew. */
  public void release() {
    ByteBuf held = received;
    received = Unpooled.EMPTY_BUFFER;
    held.release();
  }

  void clear() {
    release();
    fields.clear();
    methodFrom = methodTo = targetFrom = targetTo = pathFrom = pathTo = 0;
    hostFrom = hostTo = reasonFrom = reasonTo = 0;
    status = 0;
    minor = 1;
    framing = Framing.NONE;
    length = -1;
    keepAlive = expectContinue = upgrade = encodedSlash = false;
  }

  private String text(int from, int to) {
    return new String(fields.bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private boolean same(int from, int to, CharSequence text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((fields.bytes[from + i] & 0xff) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
