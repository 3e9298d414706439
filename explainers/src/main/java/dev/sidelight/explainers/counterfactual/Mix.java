package dev.sidelight.explainers.counterfactual;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The explained row with some units as one logged row has them.
 *
 * @param row of the table, >= 1
 * @param changed units, ascending
 */
record Mix(int row, int[] changed) {

  /** One unit, or several, put back to x's value. */
  Mix without(int... units) {
    BitSet back = new BitSet();
    for (int unit : units) {
      back.set(unit);
    }
    return new Mix(row, Arrays.stream(changed).filter(u -> !back.get(u)).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mix that && row == that.row && Arrays.equals(changed, that.changed);
  }

  @Override
  public int hashCode() {
    return 31 * row + Arrays.hashCode(changed);
  }

  @Override
  public String toString() {
    return "Mix[" + row + ", " + Arrays.toString(changed) + "]";
  }
}
