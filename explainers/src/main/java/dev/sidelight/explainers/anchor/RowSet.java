package dev.sidelight.explainers.anchor;

/** Sets of reference rows as bits of words. */
final class RowSet {

  private RowSet() {}

  static int count(long[] rows) {
    int count = 0;
    for (long word : rows) {
      count += Long.bitCount(word);
    }
    return count;
  }

  static boolean has(long[] rows, int row) {
    return (rows[row >> 6] & (1L << row)) != 0;
  }

  /** All rows of the reference. */
  static long[] all(int size) {
    long[] words = new long[(size + 63) / 64];
    for (int row = 0; row < size; row++) {
      words[row >> 6] |= 1L << row;
    }
    return words;
  }

  /** The members in ascending order. */
  static int[] list(long[] rows) {
    int[] list = new int[count(rows)];
    int n = 0;
    for (int w = 0; w < rows.length; w++) {
      for (long word = rows[w]; word != 0; word &= word - 1) {
        list[n++] = (w << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return list;
  }
}
