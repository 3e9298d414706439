package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.Condition;

/**
 * One condition true of x.
 *
 * @param unit which columns move with it: the number of its feature or group
 * @param feature the column it speaks of, of a one-hot group its first: two half-lines of one
 *     feature make an interval
 * @param columns what is drawn together from a row that satisfies it
 * @param rows bit set of the reference rows that satisfy it
 * @param count how many they are
 */
record Atom(Condition condition, int unit, int feature, int[] columns, long[] rows, int count) {

  boolean isHalfLine() {
    return condition instanceof Condition.Above || condition instanceof Condition.AtMost;
  }

  /** The other side of an interval. */
  boolean completes(Atom other) {
    return isHalfLine()
        && other.isHalfLine()
        && condition instanceof Condition.Above != other.condition instanceof Condition.Above;
  }
}
