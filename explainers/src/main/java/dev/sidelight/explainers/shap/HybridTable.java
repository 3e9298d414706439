package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.Arrays;

/**
 * The distinct hybrids of one explanation, numbered in the order they were first wanted. Two
 * (coalition, background row) are one hybrid when they give the same input row.
 *
 * <p>A hash set with linear probing over Zobrist hashes: each (player, value other than x's) has a
 * random word and a hybrid's hash is their exclusive or, so it costs |D_b| operations. Equal hashes
 * are compared value by value.
 */
final class HybridTable {

  private static final int EMPTY = -1;

  private final Background background;
  private final int words;
  private final long[][] wordOf;
  private int size;
  private int[] groups = new int[64];
  private long[] hashes = new long[64];
  private long[] masks;
  private int[] slots = emptySlots(256);

  HybridTable(Background background) {
    this.background = background;
    this.words = Coalition.wordsFor(background.players());
    this.masks = new long[64 * words];
    this.wordOf = new long[background.groups()][];
    for (int g = 0; g < wordOf.length; g++) {
      int[] differing = background.differing()[g];
      wordOf[g] = new long[differing.length];
      for (int k = 0; k < differing.length; k++) {
        int player = differing[k];
        wordOf[g][k] = RandomStream.mix(((long) player << 32) | background.codes()[g][player]);
      }
    }
  }

  int size() {
    return size;
  }

  int group(int hybrid) {
    return groups[hybrid];
  }

  boolean isFromX(int hybrid, int player) {
    return ((masks[hybrid * words + (player >>> 6)] >>> player) & 1) != 0;
  }

  /** The number of the hybrid, a new one if it was not there. */
  int add(int group, long[] coalition) {
    long hash = hash(group, coalition);
    int slot = slot(hash, group, coalition);
    if (slots[slot] != EMPTY) {
      return slots[slot];
    }
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      masks = Arrays.copyOf(masks, 2 * size * words);
    }
    groups[size] = group;
    hashes[size] = hash;
    System.arraycopy(coalition, 0, masks, size * words, words);
    slots[slot] = size;
    if (2 * ++size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  /** The number of a hybrid that is there. */
  int find(int group, long[] coalition) {
    int found = slots[slot(hash(group, coalition), group, coalition)];
    if (found == EMPTY) {
      throw new IllegalStateException("a hybrid of group " + group + " was never asked for");
    }
    return found;
  }

  /** Forgets the hybrids added last; in reverse order, so that no probe sequence is broken. */
  void truncate(int to) {
    while (size > to) {
      size--;
      int slot = (int) hashes[size] & (slots.length - 1);
      while (slots[slot] != size) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = EMPTY;
    }
  }

  private long hash(int group, long[] coalition) {
    int[] differing = background.differing()[group];
    long[] random = wordOf[group];
    long hash = 0;
    for (int k = 0; k < differing.length; k++) {
      if (!Coalition.has(coalition, differing[k])) {
        hash ^= random[k];
      }
    }
    return hash;
  }

  private int slot(long hash, int group, long[] coalition) {
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != EMPTY
        && (hashes[slots[slot]] != hash || !same(slots[slot], group, coalition))) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean same(int hybrid, int group, long[] coalition) {
    int[] codes = background.codes()[group];
    int[] others = background.codes()[groups[hybrid]];
    for (int p = 0; p < codes.length; p++) {
      int code = Coalition.has(coalition, p) ? 0 : codes[p];
      int other = isFromX(hybrid, p) ? 0 : others[p];
      if (code != other) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    slots = emptySlots(2 * slots.length);
    for (int hybrid = 0; hybrid < size; hybrid++) {
      int slot = (int) hashes[hybrid] & (slots.length - 1);
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = hybrid;
    }
  }

  private static int[] emptySlots(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }
}
