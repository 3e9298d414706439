package dev.sidelight.core.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct values of one column, as long as there are few. */
final class ColumnStats {

  private DataType type;
  private final Map<Object, String> distinct = new HashMap<>();

  ColumnStats(DataType type) {
    this.type = type;
  }

  DataType type() {
    return type;
  }

  void add(Tensor tensor, int column) {
    if (type != tensor.type()) {
      widen(tensor.type());
    }
    int max = SchemaInference.CATEGORIES_MAX;
    for (int r = 0; r < tensor.rows() && distinct.size() <= max; r++) {
      Object key = key(tensor, r, column);
      if (!distinct.containsKey(key)) {
        distinct.put(key, tensor.text(r, column));
      }
    }
  }

  /** The column was INT64 so far and is FP64 from here on. */
  private void widen(DataType wide) {
    type = wide;
    Map<Object, String> before = Map.copyOf(distinct);
    distinct.clear();
    for (Object value : before.keySet()) {
      double real = ((Long) value).doubleValue();
      distinct.put(real, Double.toString(real));
    }
  }

  /** Equal exactly for equal wire values; NaN equals NaN. */
  private static Object key(Tensor tensor, int row, int column) {
    return switch (tensor) {
      case IntegerTensor t -> t.value(row, column);
      case FloatTensor t -> t.value(row, column);
      case DoubleTensor t -> t.value(row, column);
      case BytesTensor t -> ByteBuffer.wrap(t.value(row, column));
    };
  }

  /**
   * @param alone the column is all there is: then much text is text
   */
  Feature feature(String name, boolean alone) {
    FeatureKind kind = kind(alone);
    return new Feature(name, kind, kind == FeatureKind.CATEGORICAL ? labels() : List.of());
  }

  private FeatureKind kind(boolean alone) {
    int values = distinct.size();
    if (type == DataType.BYTES && values > SchemaInference.CATEGORIES_MAX) {
      return alone ? FeatureKind.TEXT : FeatureKind.OPAQUE;
    }
    if (values == 1) {
      return FeatureKind.CONSTANT;
    }
    if (type == DataType.BOOL) {
      return FeatureKind.BOOLEAN;
    }
    if (type == DataType.BYTES) {
      return FeatureKind.CATEGORICAL;
    }
    return type.isInteger() && values <= SchemaInference.INTEGER_CATEGORIES_MAX
        ? FeatureKind.CATEGORICAL
        : FeatureKind.NUMERIC;
  }

  /** Integers by value, texts by code point: an order that does not depend on the rows' order. */
  private List<String> labels() {
    List<String> labels = new ArrayList<>(distinct.values());
    if (type == DataType.BYTES) {
      labels.sort(Comparator.naturalOrder());
    } else if (type == DataType.UINT64) {
      labels.sort(
          (a, b) -> Long.compareUnsigned(Long.parseUnsignedLong(a), Long.parseUnsignedLong(b)));
    } else {
      labels.sort(Comparator.comparingLong(Long::parseLong));
    }
    return labels;
  }
}
