package dev.sidelight.core.codec;

import java.math.BigInteger;

/** Integral tokens of 64 bits, signed or unsigned. */
final class V1Integers {

  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64);
  private static final int SURELY_LONG_CHARS = 18;
  private static final int CHARS_MAX = 20;

  private V1Integers() {}

  /** True from -2^63 to 2^64 - 1. */
  static boolean fits(String text) {
    if (text.length() <= SURELY_LONG_CHARS) {
      return true;
    }
    if (text.length() > CHARS_MAX) {
      return false;
    }
    BigInteger value = new BigInteger(text);
    return value.compareTo(MIN) >= 0 && value.compareTo(MAX) < 0;
  }

  /** The low 64 bits of a text that {@link #fits}. */
  static long parse(String text) {
    return text.length() <= SURELY_LONG_CHARS
        ? Long.parseLong(text)
        : new BigInteger(text).longValue();
  }

  static double unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value)).doubleValue();
  }
}
