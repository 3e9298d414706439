package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;

/** Small batches for tests. */
final class Rows {

  private Rows() {}

  static Instances longs(long... values) {
    return Instances.of("x", new IntegerTensor(DataType.INT64, List.of(values.length), values));
  }

  static Instances reals(double... values) {
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(values.length), values));
  }

  static Instances texts(String... values) {
    return Instances.of("x", BytesTensor.ofText(values));
  }

  /** One named column per name. */
  static Instances columns(List<String> names, long[]... columns) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      List<Integer> shape = List.of(columns[i].length);
      tensors.add(
          new NamedTensor(names.get(i), new IntegerTensor(DataType.INT64, shape, columns[i])));
    }
    return new Instances(tensors);
  }
}
