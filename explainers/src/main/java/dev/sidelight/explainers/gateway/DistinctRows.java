package dev.sidelight.explainers.gateway;

/**
 * A growing set of row hashes: 8 bytes a slot, at most two thirds full. Half of a hash is enough to
 * count by: of a million rows two are one by chance in one explanation out of 10^7. Beyond {@value
 * #COUNTED_MAX} rows, 16 MB, every row counts as a new one, so that the count is an upper bound
 * then, and the same for the same rows. Not thread-safe.
 */
final class DistinctRows {

  static final int COUNTED_MAX = 1 << 20;

  private long[] slots = new long[64];
  private int kept;
  private long more;

  /** True if it was not there, or cannot be remembered. */
  boolean add(RowHash hash) {
    if (3L * (kept + 1) > 2L * slots.length && kept < COUNTED_MAX) {
      grow();
    }
    long key = hash.lo() == 0 ? 1 : hash.lo(); // a slot of zero is a free one
    int at = place(slots, key);
    if (slots[at] == key) {
      return false;
    }
    if (kept < COUNTED_MAX) {
      slots[at] = key;
      kept++;
    } else {
      more++;
    }
    return true;
  }

  long size() {
    return kept + more;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (long key : slots) {
      if (key != 0) {
        larger[place(larger, key)] = key;
      }
    }
    slots = larger;
  }

  /** Where the key stands, or the free slot where it would. */
  private static int place(long[] slots, long key) {
    int mask = slots.length - 1;
    int at = (int) key & mask;
    while (slots[at] != 0 && slots[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
