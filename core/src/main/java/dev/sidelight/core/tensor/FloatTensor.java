package dev.sidelight.core.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * FP32, and FP16 and BF16 widened to it (which loses nothing, so the wire value can be made again).
 */
public record FloatTensor(DataType type, List<Integer> shape, float[] values, int width)
    implements Tensor {

  public FloatTensor {
    if (type != DataType.FP32 && type != DataType.FP16 && type != DataType.BF16) {
      throw new IllegalArgumentException("a float tensor cannot hold " + type);
    }
    shape = List.copyOf(shape);
    width = Shapes.width(shape, values.length);
  }

  public FloatTensor(DataType type, List<Integer> shape, float[] values) {
    this(type, shape, values, 0);
  }

  public float value(int row, int column) {
    return values[row * width + column];
  }

  @Override
  public double number(int row, int column) {
    return value(row, column);
  }

  @Override
  public String text(int row, int column) {
    return Float.toString(value(row, column));
  }

  @Override
  public FloatTensor pick(int[][] rowOf, int offset) {
    float[] picked = new float[Math.multiplyExact(rowOf.length, width)];
    int at = 0;
    for (int[] source : rowOf) {
      for (int c = 0; c < width; c++) {
        picked[at++] = value(source[offset + c], c);
      }
    }
    return new FloatTensor(type, Shapes.withRows(shape, rowOf.length), picked);
  }

  @Override
  public void writeRow(int row, RowBytes to) {
    for (int c = 0; c < width; c++) {
      to.put(Float.floatToRawIntBits(value(row, c)), 4);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor that
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
