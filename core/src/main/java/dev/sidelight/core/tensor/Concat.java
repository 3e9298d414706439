package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;

/** Tensors of one type and trailing shape, one below the other. */
final class Concat {

  private Concat() {}

  static Instances instances(List<Instances> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("nothing to concatenate");
    }
    Instances first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    Signature signature = Signature.of(first);
    for (Instances part : parts) {
      if (!Signature.of(part).equals(signature)) {
        throw new IllegalArgumentException(
            "rows of %s cannot follow rows of %s".formatted(Signature.of(part), signature));
      }
    }
    List<NamedTensor> joined = new ArrayList<>(first.tensors().size());
    for (int i = 0; i < first.tensors().size(); i++) {
      List<Tensor> column = new ArrayList<>(parts.size());
      for (Instances part : parts) {
        column.add(part.tensors().get(i).tensor());
      }
      joined.add(new NamedTensor(first.tensors().get(i).name(), tensors(column)));
    }
    return new Instances(joined);
  }

  private static Tensor tensors(List<Tensor> parts) {
    Tensor first = parts.get(0);
    int rows = parts.stream().mapToInt(Tensor::rows).reduce(0, Math::addExact);
    int size = Math.multiplyExact(rows, first.width());
    List<Integer> shape = Shapes.withRows(first.shape(), rows);
    Object all =
        switch (first) {
          case IntegerTensor _ -> new long[size];
          case FloatTensor _ -> new float[size];
          case DoubleTensor _ -> new double[size];
          case BytesTensor _ -> new byte[size][];
        };
    int at = 0;
    for (Tensor part : parts) {
      Object values = array(part);
      int length = part.rows() * part.width();
      System.arraycopy(values, 0, all, at, length);
      at += length;
    }
    return switch (first) {
      case IntegerTensor t -> new IntegerTensor(t.type(), shape, (long[]) all);
      case FloatTensor t -> new FloatTensor(t.type(), shape, (float[]) all);
      case DoubleTensor t -> new DoubleTensor(t.type(), shape, (double[]) all);
      case BytesTensor _ -> new BytesTensor(shape, (byte[][]) all);
    };
  }

  private static Object array(Tensor tensor) {
    return switch (tensor) {
      case IntegerTensor t -> t.values();
      case FloatTensor t -> t.values();
      case DoubleTensor t -> t.values();
      case BytesTensor t -> t.values();
    };
  }
}
