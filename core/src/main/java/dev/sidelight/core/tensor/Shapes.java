package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;

/** Checks and derivations every tensor shares. */
final class Shapes {

  private Shapes() {}

  /** Scalars in one row of a shape whose total must be {@code size}. */
  static int width(List<Integer> shape, int size) {
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("a tensor's shape must have a first dimension, got []");
    }
    long product = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException("a tensor's dimensions must be >= 1, got " + shape);
      }
      product = Math.multiplyExact(product, dimension);
    }
    if (product != size) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + product + " elements, got " + size);
    }
    return size / shape.get(0);
  }

  /** The same shape with another number of rows. */
  static List<Integer> withRows(List<Integer> shape, int rows) {
    List<Integer> changed = new ArrayList<>(shape);
    changed.set(0, rows);
    return List.copyOf(changed);
  }
}
