package dev.sidelight.explainers.anchor;

import java.util.BitSet;

/** Hits and misses of the draws of one stream, in their order. */
final class Tally {

  private final BitSet hits = new BitSet();
  private int rows;
  private int ok;

  void add(boolean hit) {
    if (hit) {
      hits.set(rows);
      ok++;
    }
    rows++;
  }

  int rows() {
    return rows;
  }

  int ok() {
    return ok;
  }

  int bad() {
    return rows - ok;
  }

  boolean isHit(int draw) {
    return hits.get(draw);
  }
}
