package dev.sidelight.explainers.gateway;

/** A growing set of row hashes: 16 bytes a slot, at most two thirds full. Not thread-safe. */
final class DistinctRows {

  private long[] slots = new long[2 * 64];
  private int size;

  /** True if it was not there. */
  boolean add(RowHash hash) {
    if (3 * (size + 1) > slots.length) {
      grow();
    }
    boolean added = place(slots, hash.hi(), hash.lo());
    if (added) {
      size++;
    }
    return added;
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (int i = 0; i < slots.length; i += 2) {
      if ((slots[i] | slots[i + 1]) != 0) {
        place(larger, slots[i], slots[i + 1]);
      }
    }
    slots = larger;
  }

  /* An all-zero slot is a free one. A hash of zero would be counted anew each time: one in 2^128. */
  private static boolean place(long[] slots, long hi, long lo) {
    int mask = slots.length - 1;
    int at = (int) (lo << 1) & mask;
    while ((slots[at] | slots[at + 1]) != 0) {
      if (slots[at] == hi && slots[at + 1] == lo) {
        return false;
      }
      at = (at + 2) & mask;
    }
    slots[at] = hi;
    slots[at + 1] = lo;
    return true;
  }
}
