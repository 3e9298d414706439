package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * Judges the one Transfer-Encoding of a message: {@code chunked}, alone, in any case and with no
 * blank beside the usual one, is the only one served. What has another coding and is well formed is
 * not implemented (501); what could be read in two ways is a fault (400).
 */
final class TransferCoding {

  private static final byte[] CHUNKED = Octets.ascii("chunked");

  private TransferCoding() {}

  static @Nullable Refusal judge(Fields fields, int field) {
    byte[] bytes = fields.bytes;
    int from = fields.valueFrom(field);
    int to = fields.valueTo(field);
    int blanks = from - fields.nameTo(field) - 1;
    boolean plainBlanks = blanks == 0 || (blanks == 1 && bytes[from - 1] == ' ');
    if (!plainBlanks || to + 2 != fields.lineTo(field)) {
      return Refusal.coding("blanks around the coding");
    }
    if (Octets.equalsLower(bytes, from, to, CHUNKED)) {
      return null;
    }
    return judgeList(bytes, from, to);
  }

  private static Refusal judgeList(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      while (at < to && Octets.isBlank(bytes[at])) {
        at++;
      }
      int coding = at;
      while (at < to && Octets.isToken(bytes[at])) {
        at++;
      }
      int end = at;
      while (at < to && Octets.isBlank(bytes[at])) {
        at++;
      }
      if (end == coding || (at < to && bytes[at] != ',')) {
        return Refusal.coding("not a list of codings without parameters");
      }
      boolean chunked = Octets.equalsLower(bytes, coding, end, CHUNKED);
      if (chunked && at < to) {
        return Refusal.coding("chunked is not the last coding");
      }
      if (at == to) {
        return new Refusal(501, "transfer_coding_unknown", "only chunked is understood", true);
      }
      at++;
    }
  }
}
