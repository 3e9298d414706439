package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Literal;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** x and the reference rows column by column: x is row 0, reference row r is r + 1. */
final class Columns {

  private final Instances stacked;
  private final FeatureSchema schema;
  private final Tensor[] tensorOf;
  private final int[] columnInTensor;

  Columns(Instances x, Instances reference, FeatureSchema schema) {
    this.stacked = Instances.stack(List.of(x, reference));
    this.schema = schema;
    this.tensorOf = new Tensor[stacked.width()];
    this.columnInTensor = new int[stacked.width()];
    int column = 0;
    for (NamedTensor named : stacked.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        tensorOf[column] = named.tensor();
        columnInTensor[column++] = c;
      }
    }
  }

  /**
   * @throws IllegalArgumentException when rows of the reference weigh more or less than one case:
   *     draws and coverage count rows
   */
  static Columns of(Instances x, ReferenceSet reference) {
    for (double weight : reference.weights()) {
      if (weight != 1) {
        throw new IllegalArgumentException(
            "a population's rows weigh 1 each, one of this reference weighs " + weight);
      }
    }
    return new Columns(x, reference.rows(), reference.schema());
  }

  Instances stacked() {
    return stacked;
  }

  FeatureSchema schema() {
    return schema;
  }

  int referenceRows() {
    return stacked.rows() - 1;
  }

  boolean isNumber(int column) {
    return tensorOf[column].type() != DataType.BYTES;
  }

  double x(int column) {
    return tensorOf[column].number(0, columnInTensor[column]);
  }

  /** The reference rows for which it holds of the column's number. */
  long[] where(int column, DoubleTest test) {
    Tensor tensor = tensorOf[column];
    int c = columnInTensor[column];
    return rows(row -> test.holds(tensor.number(row, c)));
  }

  interface DoubleTest {
    boolean holds(double number);
  }

  /** The reference rows with x's value, by wire bits; NaN equals NaN. */
  long[] likeX(int column) {
    int c = columnInTensor[column];
    return switch (tensorOf[column]) {
      case IntegerTensor integers -> {
        long x = integers.value(0, c);
        yield rows(row -> integers.value(row, c) == x);
      }
      case FloatTensor floats -> {
        int x = Float.floatToIntBits(floats.value(0, c));
        yield rows(row -> Float.floatToIntBits(floats.value(row, c)) == x);
      }
      case DoubleTensor doubles -> {
        long x = Double.doubleToLongBits(doubles.value(0, c));
        yield rows(row -> Double.doubleToLongBits(doubles.value(row, c)) == x);
      }
      case BytesTensor texts -> {
        byte[] x = texts.value(0, c);
        yield rows(row -> Arrays.equals(texts.value(row, c), x));
      }
    };
  }

  private long[] rows(IntPredicate ofStacked) {
    long[] words = new long[(referenceRows() + 63) / 64];
    for (int r = 0; r < referenceRows(); r++) {
      if (ofStacked.test(r + 1)) {
        words[r >> 6] |= 1L << r;
      }
    }
    return words;
  }

  /** The reference's numbers in ascending order, NaN left out. */
  double[] sorted(int column) {
    Tensor tensor = tensorOf[column];
    double[] numbers = new double[referenceRows()];
    int n = 0;
    for (int r = 0; r < numbers.length; r++) {
      double number = tensor.number(r + 1, columnInTensor[column]) + 0.0; // -0.0 becomes 0.0
      if (!Double.isNaN(number)) {
        numbers[n++] = number;
      }
    }
    double[] sorted = Arrays.copyOf(numbers, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** x's value as it is printed: a label stays itself, an index that has a label becomes it. */
  Literal literal(int column) {
    Tensor tensor = tensorOf[column];
    String text = tensor.text(0, columnInTensor[column]);
    if (!isNumber(column)) {
      return Literal.text(text);
    }
    double number = x(column);
    if (Double.isNaN(number)) {
      return Literal.missing();
    }
    if (tensor.type() == DataType.BOOL) {
      return Literal.bool(number != 0);
    }
    Feature feature = schema.features().get(column);
    List<String> labels = feature.labels();
    if (!labels.contains(text) && number >= 0 && number < labels.size() && isWhole(number)) {
      return Literal.text(labels.get((int) number));
    }
    return Literal.number(text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number);
  }
}
