package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import java.util.List;

/** Columns and rows in a few words. */
final class Rows {

  private Rows() {}

  /** At the beginning of time, by a model that tells no revision. */
  static Seen seen(long weight) {
    return new Seen("", 0, weight);
  }

  static Instances of(NamedTensor... columns) {
    return new Instances(List.of(columns));
  }

  static NamedTensor reals(String name, double... values) {
    return new NamedTensor(name, new DoubleTensor(DataType.FP64, List.of(values.length), values));
  }

  static NamedTensor wholes(String name, long... values) {
    return new NamedTensor(name, new IntegerTensor(DataType.INT64, List.of(values.length), values));
  }

  static NamedTensor texts(String name, String... values) {
    return new NamedTensor(name, BytesTensor.ofText(values));
  }

  /**
   * A matrix [n, columns] of FP32.
   *
   * @param values row by row
   */
  static NamedTensor matrix(String name, int columns, float... values) {
    return new NamedTensor(
        name, new FloatTensor(DataType.FP32, List.of(values.length / columns, columns), values));
  }
}
