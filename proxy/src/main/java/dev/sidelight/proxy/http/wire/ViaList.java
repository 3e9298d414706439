package dev.sidelight.proxy.http.wire;

/** Reads {@code Via}: elements {@code [protocol/]version received-by [comment]}, by commas. */
final class ViaList {

  private ViaList() {}

  /** How many elements of all Via fields were received by {@code instance}. */
  static int passes(Fields fields, byte[] instance) {
    int passes = 0;
    for (int i = 0; i < fields.count(); i++) {
      if (fields.kind(i) == Kind.VIA) {
        passes += passes(fields.bytes, fields.valueFrom(i), fields.valueTo(i), instance);
      }
    }
    return passes;
  }

  private static int passes(byte[] bytes, int from, int to, byte[] instance) {
    int passes = 0;
    int at = from;
    while (at < to) {
      at = skipBlanks(bytes, at, to);
      at = skipBlanks(bytes, skipWord(bytes, at, to), to);
      int receivedBy = at;
      at = skipWord(bytes, at, to);
      passes += isInstance(bytes, receivedBy, at, instance) ? 1 : 0;
      while (at < to && bytes[at] != ',') {
        at++;
      }
      at++;
    }
    return passes;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Octets.isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static int skipWord(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !Octets.isBlank(bytes[at]) && bytes[at] != ',') {
      at++;
    }
    return at;
  }

  private static boolean isInstance(byte[] bytes, int from, int to, byte[] instance) {
    if (to - from != instance.length) {
      return false;
    }
    for (int i = 0; i < instance.length; i++) {
      if (bytes[from + i] != instance[i]) {
        return false;
      }
    }
    return true;
  }
}
