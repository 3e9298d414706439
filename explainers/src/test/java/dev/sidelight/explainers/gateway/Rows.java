package dev.sidelight.explainers.gateway;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of two columns: a number that names the row, and its half. */
final class Rows {

  private Rows() {}

  static Instances of(int... names) {
    double[] values = new double[2 * names.length];
    for (int i = 0; i < names.length; i++) {
      values[2 * i] = names[i];
      values[2 * i + 1] = names[i] / 2.0;
    }
    return Instances.of("x", new DoubleTensor(DataType.FP64, List.of(names.length, 2), values));
  }

  static Instances range(int from, int n) {
    return of(IntStream.range(from, from + n).toArray());
  }

  /** The names of the rows. */
  static int[] names(Instances rows) {
    Tensor tensor = rows.tensors().getFirst().tensor();
    return IntStream.range(0, rows.rows()).map(i -> (int) tensor.number(i, 0)).toArray();
  }

  /** The known model: 10 times the row's name. */
  static Instances tenfold(Instances rows) {
    return answer(IntStream.of(names(rows)).mapToDouble(n -> 10.0 * n).toArray());
  }

  static Instances answer(double... values) {
    return Instances.of("y", new DoubleTensor(DataType.FP64, List.of(values.length), values));
  }

  static double[] values(Instances outputs) {
    Tensor tensor = outputs.tensors().getFirst().tensor();
    return IntStream.range(0, outputs.rows()).mapToDouble(i -> tensor.number(i, 0)).toArray();
  }
}
