package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a request as it goes to the backend: start line, Host, framing and what is
 * said about hops anew; all other fields as they came, copied as runs of bytes. One per {@link
 * RequestRules} and event loop.
 */
public final class RequestWriter {

  /** A request that has already passed here this often is going in circles. */
  private static final int PASSES_MAX = 3;

  private static final byte[] VERSION = Octets.ascii(" HTTP/1.1\r\n");
  private static final byte[] HOST = Octets.ascii("Host: ");
  private static final byte[] FORWARDED_FOR = Octets.ascii("X-Forwarded-For: ");
  private static final byte[] FORWARDED_HOST = Octets.ascii("X-Forwarded-Host: ");
  private static final byte[] FORWARDED_PROTO = Octets.ascii("X-Forwarded-Proto: ");
  private static final byte[] FORWARDED = Octets.ascii("Forwarded: ");
  private static final byte[] PROTO = Octets.ascii(";proto=");
  private static final byte[] HOST_IS = Octets.ascii(";host=\"");
  private static final byte[] REQUEST_ID = Octets.ascii("x-request-id: ");
  private static final byte[] VIA = Octets.ascii("Via: ");

  private final boolean preserveHost;
  private final boolean forwardAuthorization;
  private final byte[] authority;
  private final byte[] instance;
  private final byte[] via;

  private int lastVia;
  private int lastForwarded;
  private int lastForwardedFor;
  private boolean hasHost;
  private boolean hasForwardedHost;
  private boolean hasForwardedProto;
  private boolean hasId;
  private boolean expectContinue;

  public RequestWriter(RequestRules rules) {
    this.preserveHost = rules.preserveHost();
    this.forwardAuthorization = rules.forwardAuthorization();
    this.authority = Octets.ascii(rules.authority());
    this.instance = Octets.ascii(rules.instance());
    this.via = Octets.ascii("1.1 " + rules.instance());
  }

  /**
   * Appends the head to {@code out}. The body is to be framed as {@link Head#framing()} says.
   *
   * @param requestId written as {@code x-request-id} if the client sent neither X-Request-Id nor
   *     Seldon-Puid; visible ASCII, empty adds nothing
   * @return 508 proxy_loop, then nothing was written, or null
   */
  public @Nullable Refusal write(Head head, Peer peer, CharSequence requestId, ByteBuf out) {
    Fields fields = head.fields;
    survey(fields, peer.isTrusted());
    expectContinue = head.expectContinue;
    if (lastVia >= 0 && ViaList.passes(fields, instance) >= PASSES_MAX) {
      return new Refusal(508, "proxy_loop", "the request has passed here three times", true);
    }
    out.ensureWritable(fields.filled + 512);
    startLine(head, out);
    if (!hasHost) {
      out.writeBytes(HOST).writeBytes(authority).writeShort(FieldRuns.CRLF);
    }
    endToEnd(fields, peer.isTrusted(), out);
    FieldRuns.framing(head.framing, head.length, out);
    append(fields, lastVia, VIA, via, out);
    out.writeShort(FieldRuns.CRLF);
    forwarded(head, peer, out);
    if (!hasId && requestId.length() > 0) {
      out.writeBytes(REQUEST_ID);
      AnswerWriter.ascii(out, requestId);
      out.writeShort(FieldRuns.CRLF);
    }
    out.writeShort(FieldRuns.CRLF);
    return null;
  }

  /** What is there, so that it can be kept, appended to, or made. */
  private void survey(Fields fields, boolean trusted) {
    lastVia = lastForwarded = lastForwardedFor = -1;
    hasHost = hasForwardedHost = hasForwardedProto = hasId = false;
    for (int i = 0; i < fields.count(); i++) {
      switch (fields.kind(i)) {
        case Kind.HOST -> hasHost = true;
        case Kind.VIA -> lastVia = i;
        case Kind.REQUEST_ID, Kind.PUID -> hasId = true;
        case Kind.FORWARDED -> lastForwarded = trusted ? i : -1;
        case Kind.FORWARDED_FOR -> lastForwardedFor = trusted ? i : -1;
        case Kind.FORWARDED_HOST -> hasForwardedHost = trusted;
        case Kind.FORWARDED_PROTO -> hasForwardedProto = trusted;
        default -> {}
      }
    }
  }

  private static void startLine(Head head, ByteBuf out) {
    byte[] bytes = head.fields.bytes;
    out.writeBytes(bytes, head.methodFrom, head.methodTo - head.methodFrom).writeByte(' ');
    if (head.pathTo == head.pathFrom) { // an absolute target without a path
      boolean star = head.targetTo == head.targetFrom && head.isMethod("OPTIONS");
      out.writeByte(star ? '*' : '/');
    }
    out.writeBytes(bytes, head.targetFrom, head.targetTo - head.targetFrom).writeBytes(VERSION);
  }

  private void endToEnd(Fields fields, boolean trusted, ByteBuf out) {
    int run = FieldRuns.start(fields);
    for (int i = 0; i < fields.count(); i++) {
      int kind = fields.kind(i);
      if (kind == Kind.OTHER || (kind != Kind.HOST && isKept(i, kind, trusted))) {
        continue;
      }
      if (kind != Kind.HOST) {
        run = FieldRuns.skip(fields, run, i, out);
      } else if (!preserveHost) {
        out.writeBytes(fields.bytes, run, fields.valueFrom(i) - run).writeBytes(authority);
        run = fields.valueTo(i);
      }
    }
    FieldRuns.finish(fields, run, out);
  }

  private boolean isKept(int i, int kind, boolean trusted) {
    return switch (kind) {
      case Kind.REQUEST_ID, Kind.PUID, Kind.NOT_TRAILER, Kind.TRAILER -> true;
      case Kind.EXPECT -> expectContinue;
      case Kind.AUTHORIZATION -> forwardAuthorization;
      case Kind.VIA -> i != lastVia;
      case Kind.FORWARDED -> trusted && i != lastForwarded;
      case Kind.FORWARDED_FOR -> trusted && i != lastForwardedFor;
      case Kind.IDENTITY, Kind.FORWARDED_HOST, Kind.FORWARDED_PROTO, Kind.FORWARDED_OTHER ->
          trusted;
      default -> false;
    };
  }

  private void forwarded(Head head, Peer peer, ByteBuf out) {
    int hostLength = head.hostTo - head.hostFrom;
    append(head.fields, lastForwardedFor, FORWARDED_FOR, peer.address(), out);
    out.writeShort(FieldRuns.CRLF);
    if (!hasForwardedHost && hostLength > 0) {
      out.writeBytes(FORWARDED_HOST).writeBytes(head.fields.bytes, head.hostFrom, hostLength);
      out.writeShort(FieldRuns.CRLF);
    }
    if (!hasForwardedProto) {
      out.writeBytes(FORWARDED_PROTO).writeBytes(peer.scheme()).writeShort(FieldRuns.CRLF);
    }
    append(head.fields, lastForwarded, FORWARDED, peer.forwardedFor(), out);
    out.writeBytes(PROTO).writeBytes(peer.scheme());
    if (hostLength > 0) {
      out.writeBytes(HOST_IS).writeBytes(head.fields.bytes, head.hostFrom, hostLength);
      out.writeByte('"');
    }
    out.writeShort(FieldRuns.CRLF);
  }

  /** The field without its line end: what was there, if anything, and one more element. */
  private static void append(Fields fields, int last, byte[] name, byte[] element, ByteBuf out) {
    out.writeBytes(name);
    int length = last < 0 ? 0 : fields.valueLength(last);
    if (length > 0) {
      out.writeBytes(fields.bytes, fields.valueFrom(last), length).writeShort(0x2c20);
    }
    out.writeBytes(element);
  }
}
