package dev.sidelight.explainers.shap;

import java.util.Arrays;

/**
 * A set of players, as bits. Several words, never one {@code long}: packing masks into 64 bits
 * would silently collide beyond 64 players.
 *
 * @param players number of players in the game
 * @param words bit i of word i / 64 is player i; nobody writes to it once it is here
 */
record Coalition(int players, long[] words) {

  static Coalition empty(int players) {
    return new Coalition(players, new long[wordsFor(players)]);
  }

  static Coalition all(int players) {
    return empty(players).complement();
  }

  static Coalition of(int players, int... members) {
    Coalition coalition = empty(players);
    for (int member : members) {
      coalition.words[member >>> 6] |= 1L << member;
    }
    return coalition;
  }

  /** One word at least, so that a game without players has a coalition too. */
  static int wordsFor(int players) {
    return Math.max(1, (players + 63) >>> 6);
  }

  boolean has(int player) {
    return has(words, player);
  }

  static boolean has(long[] words, int player) {
    return ((words[player >>> 6] >>> player) & 1) != 0;
  }

  int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  Coalition complement() {
    long[] others = new long[words.length];
    for (int p = 0; p < players; p++) {
      if (!has(p)) {
        others[p >>> 6] |= 1L << p;
      }
    }
    return new Coalition(players, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coalition that
        && players == that.players
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
