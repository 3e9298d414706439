package dev.sidelight.core.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * BOOL and all integers. INT64 and UINT64 keep all 64 bits; UINT64 is read as unsigned.
 *
 * @param values two's complement for signed types, zero-extended for unsigned ones, 0 or 1 for BOOL
 */
public record IntegerTensor(DataType type, List<Integer> shape, long[] values, int width)
    implements Tensor {

  public IntegerTensor {
    if (type.isFloating() || type == DataType.BYTES) {
      throw new IllegalArgumentException("an integer tensor cannot hold " + type);
    }
    shape = List.copyOf(shape);
    width = Shapes.width(shape, values.length);
  }

  public IntegerTensor(DataType type, List<Integer> shape, long[] values) {
    this(type, shape, values, 0);
  }

  public long value(int row, int column) {
    return values[row * width + column];
  }

  @Override
  public double number(int row, int column) {
    long value = value(row, column);
    if (type == DataType.UINT64 && value < 0) {
      return ((value >>> 1) | (value & 1)) * 2.0;
    }
    return value;
  }

  @Override
  public String text(int row, int column) {
    long value = value(row, column);
    return switch (type) {
      case BOOL -> value != 0 ? "true" : "false";
      case UINT64 -> Long.toUnsignedString(value);
      default -> Long.toString(value);
    };
  }

  @Override
  public IntegerTensor pick(int[][] rowOf, int offset) {
    long[] picked = new long[Math.multiplyExact(rowOf.length, width)];
    int at = 0;
    for (int[] source : rowOf) {
      for (int c = 0; c < width; c++) {
        picked[at++] = value(source[offset + c], c);
      }
    }
    return new IntegerTensor(type, Shapes.withRows(shape, rowOf.length), picked);
  }

  @Override
  public void writeRow(int row, RowBytes to) {
    for (int c = 0; c < width; c++) {
      to.put(value(row, c), type.bytes());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerTensor that
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
