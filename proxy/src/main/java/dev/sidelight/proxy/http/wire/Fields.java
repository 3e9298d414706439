package dev.sidelight.proxy.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one head or trailer block: its bytes, and where each name and value begins and
 * ends. No map and no String unless asked; names are found in any case. Reused; what it returns as
 * a String may be kept, an index may not.
 */
public final class Fields {

  private static final int STRIDE = 7;
  private static final int FIRST_BYTES = 1024;

  byte[] bytes = new byte[FIRST_BYTES];
  int filled;
  private int[] index = new int[16 * STRIDE];
  private int count;

  Fields() {}

  /** How many fields there are. */
  public int count() {
    return count;
  }

  /** The index of the first field of that name, or -1. */
  public int find(AsciiName name) {
    return find(name, 0);
  }

  /** The index of the first field of that name at or after {@code from}, or -1. */
  public int find(AsciiName name, int from) {
    for (int i = from; i < count; i++) {
      if (index[i * STRIDE + 5] == name.hash() && name.sameAs(bytes, nameFrom(i), nameTo(i))) {
        return i;
      }
    }
    return -1;
  }

  public boolean has(AsciiName name) {
    return find(name, 0) >= 0;
  }

  /**
   * Whether value {@code i} is this text, ASCII letters in any case. {@code lower} is lower case.
   */
  public boolean valueEquals(int i, CharSequence lower) {
    int from = valueFrom(i);
    if (valueTo(i) - from != lower.length()) {
      return false;
    }
    for (int k = 0; k < lower.length(); k++) {
      if (Octets.lower(bytes[from + k]) != lower.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** Whether value {@code i} is exactly this text of Latin-1 letters. */
  public boolean valueIs(int i, CharSequence text) {
    int from = valueFrom(i);
    if (valueTo(i) - from != text.length()) {
      return false;
    }
    for (int k = 0; k < text.length(); k++) {
      if ((bytes[from + k] & 0xff) != text.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  public int valueLength(int i) {
    return valueTo(i) - valueFrom(i);
  }

  /** Octet {@code at} of value {@code i}, 0 to 255. */
  public int valueByte(int i, int at) {
    return bytes[valueFrom(i) + at] & 0xff;
  }

  /** Name {@code i} as sent, a fresh String. */
  public String name(int i) {
    return new String(bytes, nameFrom(i), nameTo(i) - nameFrom(i), StandardCharsets.ISO_8859_1);
  }

  /** Value {@code i} without the blanks around it, one char per octet, a fresh String. */
  public String value(int i) {
    return new String(bytes, valueFrom(i), valueLength(i), StandardCharsets.ISO_8859_1);
  }

  /**
   * Value {@code i}, which is {@code known} itself where that is the same: then nothing is made.
   */
  public String value(int i, String known) {
    int from = valueFrom(i);
    if (valueLength(i) != known.length()) {
      return value(i);
    }
    for (int k = 0; k < known.length(); k++) {
      if ((bytes[from + k] & 0xff) != known.charAt(k)) {
        return value(i);
      }
    }
    return known;
  }

  /** The value of the first field of that name, or null. */
  public @Nullable String value(AsciiName name) {
    int i = find(name, 0);
    return i < 0 ? null : value(i);
  }

  /** Whether field {@code i} has the name that stands in {@code other} at [from, to). */
  boolean isNamed(int i, byte[] other, int from, int to) {
    int at = nameFrom(i);
    if (nameTo(i) - at != to - from) {
      return false;
    }
    for (int k = from; k < to; k++, at++) {
      if (Octets.lower(bytes[at]) != Octets.lower(other[k])) {
        return false;
      }
    }
    return true;
  }

  int nameFrom(int i) {
    return index[i * STRIDE];
  }

  int nameTo(int i) {
    return index[i * STRIDE + 1];
  }

  int valueFrom(int i) {
    return index[i * STRIDE + 2];
  }

  int valueTo(int i) {
    return index[i * STRIDE + 3];
  }

  /** One of {@link Kind}. */
  int kind(int i) {
    return index[i * STRIDE + 4];
  }

  void setKind(int i, int kind) {
    index[i * STRIDE + 4] = kind;
  }

  /** Where the line of field {@code i} ends, line end included. */
  int lineTo(int i) {
    return index[i * STRIDE + 6];
  }

  void clear() {
    filled = 0;
    count = 0;
  }

  void add(int nameFrom, int nameTo, int kind, int hash) {
    int at = count * STRIDE;
    if (at == index.length) {
      index = Arrays.copyOf(index, index.length * 2);
    }
    index[at] = nameFrom;
    index[at + 1] = nameTo;
    index[at + 4] = kind;
    index[at + 5] = hash;
    count++;
  }

  /** Completes the field added last; its line ends with the two bytes after {@code lineEnd}. */
  void setValue(int valueFrom, int valueTo, int lineEnd) {
    int at = (count - 1) * STRIDE;
    index[at + 2] = valueFrom;
    index[at + 3] = valueTo;
    index[at + 6] = lineEnd + 2;
  }

  /** Forgets field {@code i}; the later ones move up. */
  void remove(int i) {
    System.arraycopy(index, (i + 1) * STRIDE, index, i * STRIDE, (count - i - 1) * STRIDE);
    count--;
  }

  /** Makes room for {@code more} bytes. */
  void reserve(int more) {
    if (filled + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, filled + more));
    }
  }
}
