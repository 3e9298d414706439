package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * Judges a request's target and says where its path and query lie. What two servers could read as
 * two different paths is refused; the bytes that pass are not changed.
 */
final class TargetGuard {

  private static final byte[] HTTP = Octets.ascii("http://");
  private static final byte[] HTTPS = Octets.ascii("https://");

  private final boolean encodedSlashes;

  TargetGuard(boolean encodedSlashes) {
    this.encodedSlashes = encodedSlashes;
  }

  @Nullable Refusal judge(Head head) {
    byte[] bytes = head.fields.bytes;
    int from = head.targetFrom;
    int to = head.targetTo;
    if (bytes[from] == '*' && to - from == 1 && head.isMethod("OPTIONS")) {
      head.pathFrom = from;
      head.pathTo = to;
      return null;
    }
    if (bytes[from] != '/') {
      int scheme = schemeLength(bytes, from, to);
      if (scheme < 0) {
        return Refusal.target("neither a path nor an http address");
      }
      int authority = from + scheme;
      from = authorityEnd(bytes, authority, to);
      if (!isHost(head, authority, from)) {
        return Refusal.host("the target's authority is not Host");
      }
    }
    head.targetFrom = from;
    return path(head, from, to);
  }

  private static int schemeLength(byte[] bytes, int from, int to) {
    if (Octets.startsWithLower(bytes, from, to, HTTP)) {
      return HTTP.length;
    }
    return Octets.startsWithLower(bytes, from, to, HTTPS) ? HTTPS.length : -1;
  }

  private static int authorityEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '/' && bytes[at] != '?' && bytes[at] != '#') {
      at++;
    }
    return at;
  }

  /** An HTTP/1.0 request may have no Host: then the authority must at least be one. */
  private static boolean isHost(Head head, int from, int to) {
    byte[] bytes = head.fields.bytes;
    if (head.hostTo == head.hostFrom) {
      head.hostFrom = from;
      head.hostTo = to;
      return HostSyntax.isValid(bytes, from, to);
    }
    if (to - from != head.hostTo - head.hostFrom) {
      return false;
    }
    for (int i = from, j = head.hostFrom; i < to; i++, j++) {
      if (Octets.lower(bytes[i]) != Octets.lower(bytes[j])) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Refusal path(Head head, int from, int to) {
    byte[] bytes = head.fields.bytes;
    int dots = 0;
    boolean onlyDots = true;
    int at = from;
    for (; at < to && bytes[at] != '?'; at++) {
      int b = bytes[at];
      if (b == '%') {
        b = decoded(bytes, at, to);
        Refusal refusal = encoded(head, b);
        if (refusal != null) {
          return refusal;
        }
        at += 2;
      } else if (b == '#' || b == '\\') {
        return Refusal.target("a fragment or a backslash");
      } else if (b == '/' || b == ';') {
        if (onlyDots && isDots(dots)) {
          return dotSegment();
        }
        // what follows ; is a parameter of the segment, no segment of its own
        onlyDots = b == '/';
        dots = 0;
        continue;
      }
      onlyDots &= b == '.';
      dots++;
    }
    if (onlyDots && isDots(dots)) {
      return dotSegment();
    }
    head.pathFrom = from;
    head.pathTo = at;
    return query(bytes, at, to);
  }

  private static int decoded(byte[] bytes, int at, int to) {
    return at + 2 < to ? (Octets.hex(bytes[at + 1]) << 4) | Octets.hex(bytes[at + 2]) : -1;
  }

  private static boolean isDots(int dots) {
    return dots == 1 || dots == 2;
  }

  private static Refusal dotSegment() {
    return Refusal.target("a . or .. segment");
  }

  private @Nullable Refusal encoded(Head head, int b) {
    if (b < 0) {
      return Refusal.target("% without two hexadecimal digits");
    }
    if (b == 0) {
      return Refusal.target("%00");
    }
    if (b == '/' || b == '\\') {
      head.encodedSlash = true;
      return encodedSlashes ? null : Refusal.target("%2F or %5C in the path");
    }
    return null;
  }

  private static @Nullable Refusal query(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean nul = bytes[i] == '%' && i + 2 < to && bytes[i + 1] == '0' && bytes[i + 2] == '0';
      if (bytes[i] == '#' || nul) {
        return Refusal.target("a fragment or %00");
      }
    }
    return null;
  }
}
