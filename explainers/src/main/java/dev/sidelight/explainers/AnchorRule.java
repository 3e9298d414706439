package dev.sidelight.explainers;

import java.util.Arrays;

/**
 * A conjunction of an {@link AnchorSpace}'s atoms, by their numbers. Two rules are equal when they
 * hold the same atoms; the order in which they joined is kept for telling what each one gained.
 */
public final class AnchorRule {

  /** Always holds. */
  public static final AnchorRule EMPTY = new AnchorRule(new int[0], new int[0]);

  private final int[] joined;
  private final int[] sorted;

  private AnchorRule(int[] joined, int[] sorted) {
    this.joined = joined;
    this.sorted = sorted;
  }

  /** This rule and one atom more, which it must not hold yet. */
  public AnchorRule with(int atom) {
    int at = Arrays.binarySearch(sorted, atom);
    if (at >= 0 || atom < 0) {
      throw new IllegalArgumentException("atom " + atom + " cannot join " + this);
    }
    int insert = -at - 1;
    int[] more = Arrays.copyOf(joined, joined.length + 1);
    more[joined.length] = atom;
    int[] order = new int[more.length];
    System.arraycopy(sorted, 0, order, 0, insert);
    order[insert] = atom;
    System.arraycopy(sorted, insert, order, insert + 1, sorted.length - insert);
    return new AnchorRule(more, order);
  }

  public int size() {
    return joined.length;
  }

  /** The i-th atom in the order they joined. */
  public int atom(int i) {
    return joined[i];
  }

  public boolean contains(int atom) {
    return Arrays.binarySearch(sorted, atom) >= 0;
  }

  /** Equal for equal rules, in every process: random streams are made from it. */
  public long key() {
    long key = sorted.length;
    for (int atom : sorted) {
      key = RandomStream.mix(key + atom);
    }
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnchorRule that && Arrays.equals(sorted, that.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return "AnchorRule" + Arrays.toString(joined);
  }
}
