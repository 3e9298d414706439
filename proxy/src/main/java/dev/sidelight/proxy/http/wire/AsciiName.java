package dev.sidelight.proxy.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A field name to look for, prepared once: finding it in a head compares an int per field. Names
 * are equal in any case.
 */
public final class AsciiName {

  private final byte[] lower;
  private final int hash;

  private AsciiName(byte[] lower) {
    this.lower = lower;
    int h = 0;
    for (byte b : lower) {
      h = fold(h, b);
    }
    this.hash = h;
  }

  /**
   * @throws IllegalArgumentException if {@code name} is not an HTTP token
   */
  public static AsciiName of(String name) {
    byte[] bytes = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a field name must not be empty");
    }
    for (byte b : bytes) {
      if (!Octets.isToken(b)) {
        throw new IllegalArgumentException("not a field name: " + name);
      }
    }
    return new AsciiName(bytes);
  }

  /** The hash of a name grows byte by byte, so that it is ready when the name's end is seen. */
  static int fold(int hash, int b) {
    return 31 * hash + (b | 0x20);
  }

  int hash() {
    return hash;
  }

  int length() {
    return lower.length;
  }

  boolean sameAs(byte[] bytes, int from, int to) {
    return Octets.equalsLower(bytes, from, to, lower);
  }

  /** In lower case. */
  @Override
  public String toString() {
    return new String(lower, StandardCharsets.US_ASCII);
  }
}
