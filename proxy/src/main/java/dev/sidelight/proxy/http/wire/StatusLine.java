package dev.sidelight.proxy.http.wire;

/**
 * {@code HTTP/1.x SP 3DIGIT [SP reason] CR LF} (RFC 9112 section 4). Real servers leave the reason
 * empty, some its blank too; nothing else is forgiven.
 */
final class StatusLine extends StartLine {

  private enum At {
    VERSION,
    STATUS,
    AFTER_STATUS,
    REASON,
    LINE_LF
  }

  private static final byte[] VERSION = Octets.ascii("HTTP/1.x ");

  private At state = At.VERSION;

  @Override
  void reset() {
    state = At.VERSION;
  }

  @Override
  void scan(Head head) {
    Fields fields = head.fields;
    while (at < fields.filled && refusal == null && !done) {
      int b = fields.bytes[at];
      switch (state) {
        case VERSION -> version(head, b);
        case STATUS -> status(head, b);
        case AFTER_STATUS -> afterStatus(head, b);
        case REASON -> reason(head, b);
        case LINE_LF -> {
          done = b == Octets.LF;
          if (!done) {
            refusal = Refusal.statusLine("CR without LF");
          }
        }
      }
      at++;
    }
  }

  private void version(Head head, int b) {
    if (at == 7) {
      head.minor = b - '0';
      if (b != '0' && b != '1') {
        refusal = Refusal.statusLine("not HTTP/1.0 or HTTP/1.1");
      }
    } else if (b != VERSION[at]) {
      refusal = Refusal.statusLine("not HTTP/1.0 or HTTP/1.1 and a blank");
    } else if (at == VERSION.length - 1) {
      state = At.STATUS;
    }
  }

  private void status(Head head, int b) {
    if (!Octets.isDigit(b)) {
      refusal = Refusal.statusLine("the status is not three digits");
      return;
    }
    head.status = head.status * 10 + b - '0';
    if (at == VERSION.length + 2) {
      state = At.AFTER_STATUS;
      if (head.status < 100) {
        refusal = Refusal.statusLine("the status is below 100");
      }
    }
  }

  private void afterStatus(Head head, int b) {
    head.reasonFrom = head.reasonTo = b == ' ' ? at + 1 : at;
    if (b == Octets.CR) {
      state = At.LINE_LF;
    } else if (b == ' ') {
      state = At.REASON;
    } else {
      refusal = Refusal.statusLine("the status is not three digits and a blank");
    }
  }

  private void reason(Head head, int b) {
    if (b == Octets.CR) {
      head.reasonTo = at;
      state = At.LINE_LF;
    } else if (!Octets.isValue(b)) {
      refusal = Refusal.statusLine("the reason holds a control character or ends without CR");
    }
  }
}
