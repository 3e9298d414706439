package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Equal tensors [n, ...] side by side as one tensor [n, k, ...]. */
final class V1Merge {

  private V1Merge() {}

  /**
   * Empty where shapes differ, or numbers and texts stand side by side. INT64 beside FP64 widens.
   */
  static Optional<Tensor> merge(List<NamedTensor> parts) {
    Tensor first = parts.get(0).tensor();
    DataType type = first.type();
    for (NamedTensor part : parts) {
      if (!part.tensor().shape().equals(first.shape())) {
        return Optional.empty();
      }
      DataType other = part.tensor().type();
      if (other != type && isNumber(other) && isNumber(type)) {
        type = DataType.FP64;
      } else if (other != type) {
        return Optional.empty();
      }
    }
    List<Integer> shape = new ArrayList<>(first.shape());
    shape.add(1, parts.size());
    return Optional.of(merged(parts, type, shape));
  }

  private static boolean isNumber(DataType type) {
    return type == DataType.INT64 || type == DataType.UINT64 || type == DataType.FP64;
  }

  private static Tensor merged(List<NamedTensor> parts, DataType type, List<Integer> shape) {
    Tensor first = parts.get(0).tensor();
    int width = first.width();
    int size = Math.multiplyExact(Math.multiplyExact(first.rows(), width), parts.size());
    long[] integers =
        type == DataType.FP64 || type == DataType.BYTES ? new long[0] : new long[size];
    double[] reals = type == DataType.FP64 ? new double[size] : new double[0];
    byte[][] texts = type == DataType.BYTES ? new byte[size][] : new byte[0][];
    int at = 0;
    for (int r = 0; r < first.rows(); r++) {
      for (NamedTensor part : parts) {
        for (int c = 0; c < width; c++, at++) {
          switch (part.tensor()) {
            case BytesTensor t -> texts[at] = t.value(r, c);
            case IntegerTensor t when type != DataType.FP64 -> integers[at] = t.value(r, c);
            default -> reals[at] = part.tensor().number(r, c);
          }
        }
      }
    }
    return switch (type) {
      case BYTES -> new BytesTensor(shape, texts);
      case FP64 -> new DoubleTensor(type, shape, reals);
      default -> new IntegerTensor(type, shape, integers);
    };
  }
}
