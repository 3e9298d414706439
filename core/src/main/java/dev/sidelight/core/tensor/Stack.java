package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;

/** Puts batches of one signature on top of each other, bit for bit. */
final class Stack {

  private Stack() {}

  static Instances of(List<Instances> batches) {
    Instances first = batches.get(0);
    List<NamedTensor> stacked = new ArrayList<>();
    for (int t = 0; t < first.tensors().size(); t++) {
      NamedTensor head = first.tensors().get(t);
      List<Tensor> parts = new ArrayList<>();
      for (Instances batch : batches) {
        if (batch.tensors().size() != first.tensors().size()) {
          throw new IllegalArgumentException(
              "batches of %d and %d tensors cannot be stacked"
                  .formatted(first.tensors().size(), batch.tensors().size()));
        }
        NamedTensor part = batch.tensors().get(t);
        check(head, part);
        parts.add(part.tensor());
      }
      stacked.add(new NamedTensor(head.name(), stack(head.tensor(), parts)));
    }
    return new Instances(stacked);
  }

  private static void check(NamedTensor head, NamedTensor part) {
    List<Integer> shape = Shapes.withRows(part.tensor().shape(), head.tensor().rows());
    if (!head.name().equals(part.name())
        || head.tensor().type() != part.tensor().type()
        || !head.tensor().shape().equals(shape)) {
      throw new IllegalArgumentException(
          "tensor '%s' %s cannot be stacked on '%s' %s"
              .formatted(part.name(), part.tensor(), head.name(), head.tensor()));
    }
  }

  private static Tensor stack(Tensor head, List<Tensor> parts) {
    int rows = 0;
    for (Tensor part : parts) {
      rows = Math.addExact(rows, part.rows());
    }
    int size = Math.multiplyExact(rows, head.width());
    List<Integer> shape = Shapes.withRows(head.shape(), rows);
    return switch (head) {
      case IntegerTensor _ -> {
        long[] values = new long[size];
        copy(parts, values);
        yield new IntegerTensor(head.type(), shape, values);
      }
      case FloatTensor _ -> {
        float[] values = new float[size];
        copy(parts, values);
        yield new FloatTensor(head.type(), shape, values);
      }
      case DoubleTensor _ -> {
        double[] values = new double[size];
        copy(parts, values);
        yield new DoubleTensor(head.type(), shape, values);
      }
      case BytesTensor _ -> {
        byte[][] values = new byte[size][];
        copy(parts, values);
        yield new BytesTensor(shape, values);
      }
    };
  }

  private static void copy(List<Tensor> parts, Object to) {
    int at = 0;
    for (Tensor part : parts) {
      int length = part.rows() * part.width();
      Object from =
          switch (part) {
            case IntegerTensor tensor -> tensor.values();
            case FloatTensor tensor -> tensor.values();
            case DoubleTensor tensor -> tensor.values();
            case BytesTensor tensor -> tensor.values();
          };
      System.arraycopy(from, 0, to, at, length);
      at += length;
    }
  }
}
