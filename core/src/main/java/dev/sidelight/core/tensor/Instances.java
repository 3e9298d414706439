package dev.sidelight.core.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a model's inputs or outputs: named tensors that agree on dimension 0. Batches are the
 * primitive; one row is a batch of one.
 *
 * <p>The scalars of a row, tensor by tensor and row-major inside each, are its <em>columns</em> 0
 * to {@link #width()} - 1. A {@link FeatureSchema} speaks of features in exactly this order.
 */
public record Instances(List<NamedTensor> tensors, int rows, int width) {

  public Instances {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("instances need at least one tensor");
    }
    tensors = List.copyOf(tensors);
    rows = tensors.get(0).tensor().rows();
    width = 0;
    for (NamedTensor named : tensors) {
      if (named.tensor().rows() != rows) {
        throw new IllegalArgumentException(
            "tensor '%s' has %d rows, the first one has %d"
                .formatted(named.name(), named.tensor().rows(), rows));
      }
      width = Math.addExact(width, named.tensor().width());
    }
  }

  public Instances(List<NamedTensor> tensors) {
    this(tensors, 0, 0);
  }

  public static Instances of(String name, Tensor tensor) {
    return new Instances(List.of(new NamedTensor(name, tensor)));
  }

  public Optional<Tensor> tensor(String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).map(NamedTensor::tensor).findFirst();
  }

  /**
   * Rows put together column by column from this batch's own values, bit for bit: element (r, c) of
   * the answer is element (rowOf[r][c], c) of this one. Hybrids of an instance and background rows
   * are made so.
   *
   * @param rowOf shape [n, width], n >= 1
   */
  public Instances pick(int[][] rowOf) {
    NamedTensor[] picked = new NamedTensor[tensors.size()];
    int offset = 0;
    for (int i = 0; i < picked.length; i++) {
      NamedTensor source = tensors.get(i);
      picked[i] = new NamedTensor(source.name(), source.tensor().pick(rowOf, offset));
      offset += source.tensor().width();
    }
    return new Instances(List.of(picked));
  }

  /**
   * The rows of several batches, in order, bit for bit.
   *
   * @param batches at least one, all of the same tensor names, types and trailing shapes
   */
  public static Instances stack(List<Instances> batches) {
    return Stack.of(batches);
  }

  /** Whole rows, in the given order, repeats allowed. */
  public Instances rowsAt(int... indices) {
    int[][] rowOf = new int[indices.length][width];
    for (int r = 0; r < indices.length; r++) {
      Arrays.fill(rowOf[r], indices[r]);
    }
    return pick(rowOf);
  }

  /**
   * The wire bytes of one row, names and shapes left out: equal exactly for equal rows of one
   * signature.
   */
  public void writeRow(int row, RowBytes to) {
    for (NamedTensor named : tensors) {
      named.tensor().writeRow(row, to);
    }
  }
}
