package dev.sidelight.explainers.gateway;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Names, types and trailing shapes of the tensors of a row: what rows must share to stand in one
 * batch.
 *
 * @param typeOf the type of each number of a row, in column order
 */
record RowShape(List<Column> columns, List<DataType> typeOf, int texts) {

  private static final byte[][] NO_TEXTS = {};

  /** One tensor without its rows. */
  record Column(String name, DataType type, List<Integer> trailing, int width) {
    boolean isText() {
      return type == DataType.BYTES;
    }

    boolean fits(Column other) {
      return name.equals(other.name)
          && trailing.equals(other.trailing)
          && isText() == other.isText();
    }

    private List<Integer> shape(int rows) {
      List<Integer> shape = new ArrayList<>();
      shape.add(rows);
      shape.addAll(trailing);
      return shape;
    }
  }

  static RowShape of(Instances rows) {
    List<Column> columns = new ArrayList<>();
    for (NamedTensor named : rows.tensors()) {
      Tensor tensor = named.tensor();
      List<Integer> trailing = tensor.shape().subList(1, tensor.shape().size());
      columns.add(new Column(named.name(), tensor.type(), List.copyOf(trailing), tensor.width()));
    }
    return of(columns);
  }

  private static RowShape of(List<Column> columns) {
    List<DataType> typeOf = new ArrayList<>();
    int texts = 0;
    for (Column column : columns) {
      for (int i = 0; i < column.width(); i++) {
        if (column.isText()) {
          texts++;
        } else {
          typeOf.add(column.type());
        }
      }
    }
    return new RowShape(List.copyOf(columns), List.copyOf(typeOf), texts);
  }

  /**
   * Same names, trailing shapes and sort of value. Number types may differ: a JSON server writes
   * the same output as {@code 1} in one answer and as {@code 0.5} in the next.
   */
  boolean fits(RowShape other) {
    boolean fits = columns.size() == other.columns.size();
    for (int i = 0; fits && i < columns.size(); i++) {
      fits = columns.get(i).fits(other.columns.get(i));
    }
    return fits;
  }

  /** Where the number types differ, FP64 stands for both. */
  RowShape join(RowShape other) {
    if (equals(other)) {
      return this;
    }
    List<Column> joined = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column one = columns.get(i);
      DataType type = one.type() == other.columns.get(i).type() ? one.type() : DataType.FP64;
      joined.add(new Column(one.name(), type, one.trailing(), one.width()));
    }
    return of(joined);
  }

  /** The number at position {@code i} of a row of this shape. */
  double number(RowValues row, int i) {
    long bits = row.bits()[i];
    return switch (typeOf.get(i)) {
      case FP64 -> Double.longBitsToDouble(bits);
      case FP32, FP16, BF16 -> Float.intBitsToFloat((int) bits);
      case UINT64 -> bits < 0 ? ((bits >>> 1) | (bits & 1)) * 2.0 : bits;
      default -> bits;
    };
  }

  RowValues read(Instances from, int row) {
    long[] bits = new long[typeOf.size()];
    byte[][] words = texts == 0 ? NO_TEXTS : new byte[texts][];
    int number = 0;
    int text = 0;
    for (NamedTensor named : from.tensors()) {
      int width = named.tensor().width();
      for (int c = 0; c < width; c++) {
        switch (named.tensor()) {
          case DoubleTensor t -> bits[number++] = Double.doubleToRawLongBits(t.value(row, c));
          case FloatTensor t -> bits[number++] = Float.floatToRawIntBits(t.value(row, c));
          case IntegerTensor t -> bits[number++] = t.value(row, c);
          case BytesTensor t -> words[text++] = t.value(row, c);
        }
      }
    }
    return new RowValues(this, bits, words);
  }

  /** Rows of this shape, or of one that {@link #fits} and was {@link #join}ed into it. */
  Instances write(List<RowValues> rows) {
    List<NamedTensor> tensors = new ArrayList<>();
    int number = 0;
    int text = 0;
    for (Column column : columns) {
      tensors.add(
          new NamedTensor(column.name(), tensor(column, rows, column.isText() ? text : number)));
      if (column.isText()) {
        text += column.width();
      } else {
        number += column.width();
      }
    }
    return new Instances(tensors);
  }

  private static Tensor tensor(Column column, List<RowValues> rows, int offset) {
    List<Integer> shape = column.shape(rows.size());
    int size = Math.multiplyExact(rows.size(), column.width());
    return switch (column.type()) {
      case FP64 -> new DoubleTensor(DataType.FP64, shape, doubles(column, rows, offset, size));
      case FP32, FP16, BF16 ->
          new FloatTensor(column.type(), shape, floats(column, rows, offset, size));
      case BYTES -> new BytesTensor(shape, words(column, rows, offset, size));
      default -> new IntegerTensor(column.type(), shape, integers(column, rows, offset, size));
    };
  }

  private static double[] doubles(Column column, List<RowValues> rows, int offset, int size) {
    double[] values = new double[size];
    int at = 0;
    for (RowValues row : rows) {
      for (int c = 0; c < column.width(); c++) {
        values[at++] = row.shape().number(row, offset + c);
      }
    }
    return values;
  }

  private static float[] floats(Column column, List<RowValues> rows, int offset, int size) {
    float[] values = new float[size];
    int at = 0;
    for (RowValues row : rows) {
      for (int c = 0; c < column.width(); c++) {
        values[at++] = Float.intBitsToFloat((int) row.bits()[offset + c]);
      }
    }
    return values;
  }

  private static long[] integers(Column column, List<RowValues> rows, int offset, int size) {
    long[] values = new long[size];
    int at = 0;
    for (RowValues row : rows) {
      for (int c = 0; c < column.width(); c++) {
        values[at++] = row.bits()[offset + c];
      }
    }
    return values;
  }

  private static byte[][] words(Column column, List<RowValues> rows, int offset, int size) {
    byte[][] values = new byte[size][];
    int at = 0;
    for (RowValues row : rows) {
      for (int c = 0; c < column.width(); c++) {
        values[at++] = row.texts()[offset + c];
      }
    }
    return values;
  }
}
