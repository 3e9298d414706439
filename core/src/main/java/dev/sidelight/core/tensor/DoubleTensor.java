package dev.sidelight.core.tensor;

import java.util.Arrays;
import java.util.List;

/** FP64. */
public record DoubleTensor(DataType type, List<Integer> shape, double[] values, int width)
    implements Tensor {

  public DoubleTensor {
    if (type != DataType.FP64) {
      throw new IllegalArgumentException("a double tensor cannot hold " + type);
    }
    shape = List.copyOf(shape);
    width = Shapes.width(shape, values.length);
  }

  public DoubleTensor(DataType type, List<Integer> shape, double[] values) {
    this(type, shape, values, 0);
  }

  public double value(int row, int column) {
    return values[row * width + column];
  }

  @Override
  public double number(int row, int column) {
    return value(row, column);
  }

  @Override
  public String text(int row, int column) {
    return Double.toString(value(row, column));
  }

  @Override
  public DoubleTensor pick(int[][] rowOf, int offset) {
    double[] picked = new double[Math.multiplyExact(rowOf.length, width)];
    int at = 0;
    for (int[] source : rowOf) {
      for (int c = 0; c < width; c++) {
        picked[at++] = value(source[offset + c], c);
      }
    }
    return new DoubleTensor(type, Shapes.withRows(shape, rowOf.length), picked);
  }

  @Override
  public void writeRow(int row, RowBytes to) {
    for (int c = 0; c < width; c++) {
      to.put(Double.doubleToRawLongBits(value(row, c)), 8);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleTensor that
        && type == that.type
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return type + shape.toString();
  }
}
