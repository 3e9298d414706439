package dev.sidelight.proxy.http.wire;

/**
 * {@code method SP target SP HTTP/1.x CR LF}, with single blanks (RFC 9112 section 3). One empty
 * line before it is passed over, as that section asks for clients that end a body with one.
 */
final class RequestLine extends StartLine {

  private enum At {
    FIRST,
    EMPTY_LF,
    METHOD,
    TARGET,
    VERSION,
    LINE_LF
  }

  /** Longer is no version of anything; a bound so that garbage is refused early. */
  private static final int VERSION_BYTES_MAX = 16;

  private static final byte[] HTTP = Octets.ascii("HTTP/");

  private final int targetBytesMax;
  private At state = At.FIRST;
  private boolean emptyLineSeen;
  private int versionFrom;

  RequestLine(int targetBytesMax) {
    this.targetBytesMax = targetBytesMax;
  }

  @Override
  void reset() {
    state = At.FIRST;
    emptyLineSeen = false;
  }

  @Override
  void scan(Head head) {
    Fields fields = head.fields;
    while (at < fields.filled && refusal == null && !done) {
      switch (state) {
        case FIRST -> first(head);
        case EMPTY_LF -> emptyLine(fields);
        case METHOD -> method(head);
        case TARGET -> target(head);
        case VERSION -> version(head);
        case LINE_LF -> {
          done = fields.bytes[at++] == Octets.LF;
          if (!done) {
            refusal = Refusal.requestLine("CR without LF");
          }
        }
      }
    }
  }

  private void first(Head head) {
    int b = head.fields.bytes[at];
    if (b == Octets.CR && !emptyLineSeen) {
      at++;
      state = At.EMPTY_LF;
    } else if (Octets.isToken(b)) {
      head.methodFrom = at;
      state = At.METHOD;
    } else {
      refusal = Refusal.requestLine("does not begin with a method");
    }
  }

  private void emptyLine(Fields fields) {
    if (fields.bytes[at] != Octets.LF) {
      refusal = Refusal.requestLine("CR without LF");
      return;
    }
    emptyLineSeen = true;
    fields.filled = 0; // an empty line is the last thing taken in at once: nothing follows it here
    at = 0;
    state = At.FIRST;
  }

  private void method(Head head) {
    Fields fields = head.fields;
    while (at < fields.filled && Octets.isToken(fields.bytes[at])) {
      at++;
    }
    if (at == fields.filled) {
      return;
    }
    if (fields.bytes[at] != ' ') {
      refusal = Refusal.requestLine("the method is not a token followed by a blank");
      return;
    }
    head.methodTo = at++;
    head.targetFrom = at;
    state = At.TARGET;
  }

  private void target(Head head) {
    byte[] bytes = head.fields.bytes;
    int to = Math.min(head.fields.filled, head.targetFrom + targetBytesMax + 1);
    int i = at;
    while (i < to && bytes[i] > ' ' && bytes[i] != 0x7f) { // a byte above ASCII is negative
      i++;
    }
    at = i;
    if (i - head.targetFrom > targetBytesMax) {
      refusal =
          new Refusal(
              414, "target_too_long", "the target exceeds " + targetBytesMax + " bytes", true);
    } else if (i < to) {
      if (bytes[i] != ' ' || i == head.targetFrom) {
        refusal = Refusal.requestLine("the target is empty or holds a forbidden byte");
        return;
      }
      head.targetTo = i;
      at++;
      versionFrom = at;
      state = At.VERSION;
    }
  }

  private void version(Head head) {
    byte[] bytes = head.fields.bytes;
    while (at < head.fields.filled && bytes[at] > ' ' && at - versionFrom <= VERSION_BYTES_MAX) {
      at++;
    }
    if (at == head.fields.filled) {
      return;
    }
    if (bytes[at] != Octets.CR) {
      refusal = Refusal.requestLine("the line does not end after the version");
      return;
    }
    int minor = minorVersion(bytes, versionFrom, at);
    if (minor < 0) {
      refusal =
          isSomeVersion(bytes, versionFrom, at)
              ? new Refusal(505, "version_unsupported", "HTTP/1.0 and HTTP/1.1 are spoken", true)
              : Refusal.requestLine("the version is not of the form HTTP/1.1");
      return;
    }
    head.minor = minor;
    at++;
    state = At.LINE_LF;
  }

  /** 0 or 1 for {@code HTTP/1.0} and {@code HTTP/1.1}, else -1. */
  static int minorVersion(byte[] bytes, int from, int to) {
    if (to - from != 8
        || !isHttp(bytes, from)
        || bytes[from + 5] != '1'
        || bytes[from + 6] != '.') {
      return -1;
    }
    int minor = bytes[from + 7] - '0';
    return minor == 0 || minor == 1 ? minor : -1;
  }

  private static boolean isHttp(byte[] bytes, int from) {
    for (int i = 0; i < HTTP.length; i++) {
      if (bytes[from + i] != HTTP[i]) {
        return false;
      }
    }
    return true;
  }

  /** {@code HTTP/} and digits with at most one point between them. */
  private static boolean isSomeVersion(byte[] bytes, int from, int to) {
    if (to - from < 6 || !isHttp(bytes, from)) {
      return false;
    }
    int points = 0;
    for (int i = from + 5; i < to; i++) {
      if (bytes[i] == '.' && i > from + 5 && i < to - 1) {
        points++;
      } else if (!Octets.isDigit(bytes[i])) {
        return false;
      }
    }
    return points <= 1;
  }
}
