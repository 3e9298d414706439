package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * Judges a finished head: where its body ends, who it is for, what its fields may not say. Framing
 * comes first, so that a refusal which keeps the connection knows how much body to pass over.
 */
final class FramingGuard {

  private static final byte[] CLOSE = Octets.ascii("close");
  private static final byte[] KEEP_ALIVE = Octets.ascii("keep-alive");
  private static final byte[] UPGRADE = Octets.ascii("upgrade");

  private final FieldTable table;
  private final TargetGuard targets;

  private int hosts;
  private int hostAt;
  private int lengths;
  private int lengthAt;
  private int codings;
  private int codingAt;
  private int connections;
  private int expectations;
  private boolean upgradeThere;
  private boolean close;
  private boolean keepAlive;
  private boolean upgradeNominated;

  FramingGuard(FieldTable table, WireSettings settings) {
    this.table = table;
    this.targets = new TargetGuard(settings.encodedSlashes());
  }

  @Nullable Refusal judgeRequest(Head head) {
    walk(head.fields);
    Refusal refusal = framing(head);
    if (refusal == null) {
      head.framing = declared(Framing.NONE);
      refusal = connection(head);
    }
    if (refusal == null && (head.isMethod("TRACE") || head.isMethod("CONNECT"))) {
      refusal = new Refusal(405, "method_not_allowed", "TRACE and CONNECT are not served", false);
    }
    if (refusal == null) {
      refusal = host(head);
    }
    if (refusal == null) {
      refusal = targets.judge(head);
    }
    return refusal == null ? expectation(head) : refusal;
  }

  @Nullable Refusal judgeResponse(Head head, Asked asked) {
    walk(head.fields);
    Refusal refusal = framing(head);
    if (refusal == null) {
      refusal = connection(head);
    }
    if (refusal != null) {
      return refusal;
    }
    int status = head.status;
    boolean switching = asked.upgrade() && head.upgrade;
    if ((status == 101 && !switching) || (status == 100 && !asked.expectContinue())) {
      return new Refusal(400, "response_unasked", "an interim answer nobody asked for", true);
    }
    if (asked.head() || status < 200 || status == 204 || status == 304) {
      head.framing = Framing.NONE;
    } else {
      head.framing = declared(Framing.UNTIL_CLOSE);
      head.keepAlive &= head.framing != Framing.UNTIL_CLOSE;
    }
    return null;
  }

  private void walk(Fields fields) {
    hosts = lengths = codings = connections = expectations = 0;
    upgradeThere = close = keepAlive = upgradeNominated = false;
    for (int i = 0; i < fields.count(); i++) {
      switch (fields.kind(i)) {
        case Kind.HOST -> {
          hosts++;
          hostAt = i;
        }
        case Kind.CONTENT_LENGTH -> {
          lengths++;
          lengthAt = i;
        }
        case Kind.TRANSFER_ENCODING -> {
          codings++;
          codingAt = i;
        }
        case Kind.CONNECTION -> connections++;
        case Kind.EXPECT -> expectations++;
        case Kind.UPGRADE -> upgradeThere = true;
        default -> {}
      }
    }
  }

  private Framing declared(Framing otherwise) {
    if (codings > 0) {
      return Framing.CHUNKED;
    }
    return lengths > 0 ? Framing.LENGTH : otherwise;
  }

  private @Nullable Refusal framing(Head head) {
    if (lengths > 0 && codings > 0) {
      return new Refusal(400, "framing_conflict", "Content-Length and Transfer-Encoding", true);
    }
    if (codings > 0) {
      if (codings > 1) {
        return Refusal.coding("there are two Transfer-Encoding fields");
      }
      if (head.minor == 0) {
        return Refusal.coding("HTTP/1.0 knows no Transfer-Encoding");
      }
      return TransferCoding.judge(head.fields, codingAt);
    }
    if (lengths > 1) {
      return lengthConflict();
    }
    return lengths == 1 ? length(head) : null;
  }

  private static Refusal lengthConflict() {
    return new Refusal(400, "content_length_conflict", "there are two lengths", true);
  }

  private @Nullable Refusal length(Head head) {
    Fields fields = head.fields;
    int from = fields.valueFrom(lengthAt);
    int to = fields.valueTo(lengthAt);
    long length = 0;
    boolean valid = to > from;
    for (int i = from; i < to; i++) {
      int digit = fields.bytes[i] - '0';
      if (fields.bytes[i] == ',') {
        return lengthConflict();
      }
      valid &= digit >= 0 && digit <= 9 && length <= (Long.MAX_VALUE - digit) / 10;
      length = valid ? length * 10 + digit : 0;
    }
    if (!valid) {
      return Refusal.length("not a number of digits only, below 2^63");
    }
    head.length = length;
    return null;
  }

  private @Nullable Refusal connection(Head head) {
    Fields fields = head.fields;
    for (int i = 0; connections > 0 && i < fields.count(); i++) {
      if (fields.kind(i) == Kind.CONNECTION) {
        Refusal refusal = options(fields, fields.valueFrom(i), fields.valueTo(i));
        if (refusal != null) {
          return refusal;
        }
      }
    }
    head.keepAlive = !close && (head.minor == 1 || keepAlive);
    head.upgrade = upgradeThere && upgradeNominated;
    return null;
  }

  /** One Connection value: a list of tokens, empty elements allowed. */
  private @Nullable Refusal options(Fields fields, int from, int to) {
    byte[] bytes = fields.bytes;
    int at = from;
    while (at < to) {
      while (at < to && (bytes[at] == ',' || Octets.isBlank(bytes[at]))) {
        at++;
      }
      int option = at;
      int hash = 0;
      while (at < to && Octets.isToken(bytes[at])) {
        hash = AsciiName.fold(hash, bytes[at++]);
      }
      int end = at;
      while (at < to && Octets.isBlank(bytes[at])) {
        at++;
      }
      if (at < to && bytes[at] != ',') {
        return Refusal.header("Connection is not a list of names");
      }
      if (end > option && !option(fields, option, end, hash)) {
        return Refusal.header("Connection names a protected field");
      }
    }
    return null;
  }

  private boolean option(Fields fields, int from, int to, int hash) {
    byte[] bytes = fields.bytes;
    if (Octets.equalsLower(bytes, from, to, CLOSE)) {
      close = true;
    } else if (Octets.equalsLower(bytes, from, to, KEEP_ALIVE)) {
      keepAlive = true;
    } else if (Octets.equalsLower(bytes, from, to, UPGRADE)) {
      upgradeNominated = true;
    } else {
      int kind = table.kindOf(bytes, from, to, hash);
      if (FieldTable.isProtected(kind)) {
        return false;
      }
      if (kind != Kind.CONNECTION) {
        drop(fields, from, to);
      }
    }
    return true;
  }

  private static void drop(Fields fields, int from, int to) {
    for (int i = 0; i < fields.count(); i++) {
      if (fields.isNamed(i, fields.bytes, from, to)) {
        fields.setKind(i, Kind.DROPPED);
      }
    }
  }

  private @Nullable Refusal host(Head head) {
    if (hosts > 1) {
      return Refusal.host("there are two Host fields");
    }
    if (hosts == 0) {
      return head.minor == 0 ? null : Refusal.host("there is no Host field");
    }
    head.hostFrom = head.fields.valueFrom(hostAt);
    head.hostTo = head.fields.valueTo(hostAt);
    boolean valid = HostSyntax.isValid(head.fields.bytes, head.hostFrom, head.hostTo);
    return valid ? null : Refusal.host("Host is not a host name or address with a port");
  }

  private @Nullable Refusal expectation(Head head) {
    if (expectations == 0 || head.minor == 0) {
      return null;
    }
    for (int i = 0; i < head.fields.count(); i++) {
      if (head.fields.kind(i) == Kind.EXPECT && !head.fields.valueEquals(i, "100-continue")) {
        return new Refusal(417, "expectation_unknown", "only 100-continue can be met", true);
      }
    }
    head.expectContinue = true;
    return null;
  }
}
