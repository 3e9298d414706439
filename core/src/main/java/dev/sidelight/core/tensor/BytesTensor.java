package dev.sidelight.core.tensor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Text and opaque bytes: BYTES. Elements are not copied; nobody writes to them. */
public record BytesTensor(List<Integer> shape, byte[][] values, int width) implements Tensor {

  public BytesTensor {
    shape = List.copyOf(shape);
    width = Shapes.width(shape, values.length);
  }

  public BytesTensor(List<Integer> shape, byte[][] values) {
    this(shape, values, 0);
  }

  /** A column {@code [n]} of texts. */
  public static BytesTensor ofText(String... texts) {
    byte[][] values = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      values[i] = texts[i].getBytes(StandardCharsets.UTF_8);
    }
    return new BytesTensor(List.of(texts.length), values);
  }

  public byte[] value(int row, int column) {
    return values[row * width + column];
  }

  @Override
  public DataType type() {
    return DataType.BYTES;
  }

  @Override
  public double number(int row, int column) {
    return Double.NaN;
  }

  @Override
  public String text(int row, int column) {
    return new String(value(row, column), StandardCharsets.UTF_8);
  }

  @Override
  public BytesTensor pick(int[][] rowOf, int offset) {
    byte[][] picked = new byte[Math.multiplyExact(rowOf.length, width)][];
    int at = 0;
    for (int[] source : rowOf) {
      for (int c = 0; c < width; c++) {
        picked[at++] = value(source[offset + c], c);
      }
    }
    return new BytesTensor(Shapes.withRows(shape, rowOf.length), picked);
  }

  @Override
  public void writeRow(int row, RowBytes to) {
    for (int c = 0; c < width; c++) {
      to.put(value(row, c));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesTensor that
        && shape.equals(that.shape)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return type() + shape.toString();
  }
}
