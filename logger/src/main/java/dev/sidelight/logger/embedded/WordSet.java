package dev.sidelight.logger.embedded;

import java.util.Arrays;

/** Distinct words, kept as the text of them: {@code "word word word "}. */
final class WordSet {

  private static final int SLOTS_FIRST = 1 << 10;

  private char[] text = new char[8 << 10];
  private int length;

  /** Open addressing: where a word begins in the text, plus 1; 0 is free. */
  private int[] slots = new int[SLOTS_FIRST];

  private int count;

  void add(Words word) {
    int mask = slots.length - 1;
    int slot = spread(word.hash()) & mask;
    while (slots[slot] != 0) {
      if (isAt(slots[slot] - 1, word)) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = length + 1;
    append(word);
    if (++count * 2 > slots.length) {
      grow();
    }
  }

  private boolean isAt(int start, Words word) {
    int end = start + word.length();
    return end < length
        && text[end] == ' '
        && Arrays.equals(text, start, end, word.chars(), 0, word.length());
  }

  private void append(Words word) {
    int end = length + word.length() + 1;
    if (end > text.length) {
      text = Arrays.copyOf(text, Math.max(end, text.length * 2));
    }
    System.arraycopy(word.chars(), 0, text, length, word.length());
    text[end - 1] = ' ';
    length = end;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int start = 0;
    int hash = 0;
    for (int i = 0; i < length; i++) {
      if (text[i] == ' ') {
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = start + 1;
        start = i + 1;
        hash = 0;
      } else {
        hash = hash * 31 + text[i];
      }
    }
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 15);
  }

  /** Characters of the text. */
  int length() {
    return length;
  }

  void clear() {
    Arrays.fill(slots, 0);
    length = 0;
    count = 0;
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }
}
