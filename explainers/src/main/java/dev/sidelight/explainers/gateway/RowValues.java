package dev.sidelight.explainers.gateway;

/**
 * One row, kept compactly: 8 bytes a number, whatever its wire type.
 *
 * @param bits numbers in column order: integers as they are, FP64 and the other floats as raw bits
 * @param texts BYTES elements in column order
 */
record RowValues(RowShape shape, long[] bits, byte[][] texts) {

  /** Heap bytes, about. */
  int weight() {
    int weight = 56 + 8 * bits.length;
    for (byte[] text : texts) {
      weight += 24 + text.length;
    }
    return weight;
  }

  /** No NaN and no infinity among the numbers. */
  boolean finite() {
    for (int i = 0; i < bits.length; i++) {
      if (!Double.isFinite(shape.number(this, i))) {
        return false;
      }
    }
    return true;
  }
}
