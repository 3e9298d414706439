package dev.sidelight.logger.spool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields that may be kept from a head, as lines, unchanged. Names are judged by the
 * policy once and remembered in a small direct-mapped table, since the same few names come with
 * every message. One thread.
 */
final class HeadFields {

  private static final int REMEMBERED = 256;
  private static final int NAME_BYTES_MAX = 256;

  private final Predicate<String> policy;
  private final byte[] @Nullable [] names = new byte[REMEMBERED] @Nullable [];
  private final boolean[] kept = new boolean[REMEMBERED];

  HeadFields(Predicate<String> policy) {
    this.policy = policy;
  }

  /**
   * Moves the kept lines of {@code bytes[from, to)} together at {@code from}; the start line, the
   * empty line and anything that is no field go.
   *
   * @return where they end
   */
  int keep(byte[] bytes, int from, int to) {
    int end = from;
    int line = from;
    while (line < to) {
      int next = line;
      while (next < to && bytes[next] != '\n') {
        next++;
      }
      next = Math.min(next + 1, to);
      if (isKept(bytes, line, next)) {
        System.arraycopy(bytes, line, bytes, end, next - line);
        end += next - line;
      }
      line = next;
    }
    return end;
  }

  private boolean isKept(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ':') {
        return i > from && i - from <= NAME_BYTES_MAX && isKeptName(bytes, from, i, hash);
      }
      if (b <= 0x20 || b == 0x7f) {
        return false; // a start line, a folded line, an empty line
      }
      hash = hash * 31 + (b | 0x20); // near enough to ignoring case; the table compares exactly
    }
    return false;
  }

  private boolean isKeptName(byte[] bytes, int from, int to, int hash) {
    int at = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (REMEMBERED - 1);
    byte[] known = names[at];
    if (known == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
      known = Arrays.copyOfRange(bytes, from, to);
      names[at] = known;
      kept[at] = policy.test(new String(known, StandardCharsets.ISO_8859_1));
    }
    return kept[at];
  }
}
