package dev.sidelight.proxy.http.wire;

import java.nio.charset.StandardCharsets;

/** What each octet may be in a head (RFC 9110 section 5.6.2, RFC 9112), and comparisons of them. */
final class Octets {

  static final byte CR = '\r';
  static final byte LF = '\n';

  private static final byte TOKEN = 1;
  private static final byte VALUE = 2;
  private static final byte HOST = 4;
  private static final byte[] CLASS = new byte[256];

  static {
    for (int b = 0; b < 256; b++) {
      boolean alphanumeric = isDigit(b) || isAlpha(b);
      if (alphanumeric || "!#$%&'*+-.^_`|~".indexOf(b) >= 0) {
        CLASS[b] |= TOKEN;
      }
      if (b == '\t' || (b >= 0x20 && b != 0x7f)) {
        CLASS[b] |= VALUE;
      }
      if (alphanumeric || "-._~".indexOf(b) >= 0) {
        CLASS[b] |= HOST;
      }
    }
  }

  private Octets() {}

  static boolean isToken(int b) {
    return (CLASS[b & 0xff] & TOKEN) != 0;
  }

  /** Visible, blank, tab or above ASCII: everything that may stand in a field value. */
  static boolean isValue(int b) {
    return (CLASS[b & 0xff] & VALUE) != 0;
  }

  static boolean isHost(int b) {
    return (CLASS[b & 0xff] & HOST) != 0;
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  static boolean isAlpha(int b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(int b) {
    if (isDigit(b)) {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  static int lower(int b) {
    return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
  }

  /** Whether bytes [from, to) are {@code lower}, ASCII letters in any case. */
  static boolean equalsLower(byte[] bytes, int from, int to, byte[] lower) {
    return to - from == lower.length && startsWithLower(bytes, from, to, lower);
  }

  static boolean startsWithLower(byte[] bytes, int from, int to, byte[] lower) {
    if (to - from < lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      if (lower(bytes[from + i]) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
