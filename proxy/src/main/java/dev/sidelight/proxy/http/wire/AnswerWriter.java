package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes our own answers: {@code start}, any {@code field}, {@code end}. Fields about framing and
 * Connection are written by {@code end} only.
 */
public final class AnswerWriter {

  private AnswerWriter() {}

  /** The status line, with the standard's reason phrase. */
  public static void start(ByteBuf out, int status) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status must be in 100..599, got " + status);
    }
    ascii(out, "HTTP/1.1 ");
    decimal(out, status);
    out.writeByte(' ');
    ascii(out, Reasons.of(status));
    out.writeShort(0x0d0a);
  }

  /**
   * @throws IllegalArgumentException if name or value could break the head
   */
  public static void field(ByteBuf out, CharSequence name, CharSequence value) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7e || !Octets.isToken(name.charAt(i))) {
        throw new IllegalArgumentException("not a field name: " + name);
      }
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff || !Octets.isValue(value.charAt(i))) {
        throw new IllegalArgumentException("not a value for field " + name);
      }
    }
    ascii(out, name);
    out.writeShort(0x3a20);
    for (int i = 0; i < value.length(); i++) {
      out.writeByte(value.charAt(i));
    }
    out.writeShort(0x0d0a);
  }

  /**
   * Ends the head of an answer with a body of {@code length} bytes, to an HTTP/1.1 client or not.
   */
  public static void end(ByteBuf out, long length, boolean http10, boolean keepAlive) {
    ascii(out, "content-length: ");
    decimal(out, length);
    out.writeShort(0x0d0a);
    connection(out, http10, keepAlive);
    out.writeShort(0x0d0a);
  }

  /** Ends the head of an answer that never has a body nor a length: 204, 304. */
  public static void endBodiless(ByteBuf out, boolean http10, boolean keepAlive) {
    connection(out, http10, keepAlive);
    out.writeShort(0x0d0a);
  }

  /** Ends the head of a streamed answer; the returned framing is the one to use. */
  public static Framing endStream(ByteBuf out, boolean http10, boolean keepAlive) {
    if (!http10) {
      ascii(out, "transfer-encoding: chunked\r\n");
    }
    connection(out, http10, keepAlive && !http10);
    out.writeShort(0x0d0a);
    return http10 ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
  }

  /** {@code HTTP/1.1 100 Continue}, whole. */
  public static void continueHead(ByteBuf out) {
    start(out, 100);
    out.writeShort(0x0d0a);
  }

  static void connection(ByteBuf out, boolean http10, boolean keepAlive) {
    if (!keepAlive) {
      ascii(out, "connection: close\r\n");
    } else if (http10) {
      ascii(out, "connection: keep-alive\r\n");
    }
  }

  static void ascii(ByteBuf out, CharSequence text) {
    ByteBufUtil.writeAscii(out, text);
  }

  static void decimal(ByteBuf out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a length must be >= 0, got " + value);
    }
    long unit = 1;
    while (value / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.writeByte('0' + (int) (value / unit % 10));
    }
  }

  /** Reason phrases of RFC 9110 section 15 and RFC 6585. */
  private static final class Reasons {

    static String of(int status) {
      return switch (status) {
        case 100 -> "Continue";
        case 200 -> "OK";
        case 201 -> "Created";
        case 202 -> "Accepted";
        case 204 -> "No Content";
        case 304 -> "Not Modified";
        case 400 -> "Bad Request";
        case 401 -> "Unauthorized";
        case 403 -> "Forbidden";
        case 404 -> "Not Found";
        case 405 -> "Method Not Allowed";
        case 406 -> "Not Acceptable";
        case 408 -> "Request Timeout";
        case 409 -> "Conflict";
        case 410 -> "Gone";
        case 411 -> "Length Required";
        case 412 -> "Precondition Failed";
        case 413 -> "Content Too Large";
        case 414 -> "URI Too Long";
        case 415 -> "Unsupported Media Type";
        case 417 -> "Expectation Failed";
        case 421 -> "Misdirected Request";
        case 422 -> "Unprocessable Content";
        case 429 -> "Too Many Requests";
        case 431 -> "Request Header Fields Too Large";
        case 500 -> "Internal Server Error";
        case 501 -> "Not Implemented";
        case 502 -> "Bad Gateway";
        case 503 -> "Service Unavailable";
        case 504 -> "Gateway Timeout";
        case 505 -> "HTTP Version Not Supported";
        case 508 -> "Loop Detected";
        default -> "";
      };
    }

    private Reasons() {}
  }
}
