package dev.sidelight.core.tensor;

import java.util.List;

/**
 * A dense row-major array with its wire type. Immutable by contract: arrays are handed over, not
 * copied, and nobody writes to them afterwards. Dimension 0 is the row.
 */
public sealed interface Tensor permits IntegerTensor, FloatTensor, DoubleTensor, BytesTensor {

  DataType type();

  /** Every dimension is at least 1; rank 0 does not exist (a scalar column is {@code [n]}). */
  List<Integer> shape();

  /** Number of rows: dimension 0. */
  default int rows() {
    return shape().get(0);
  }

  /** Scalars in one row: the product of all dimensions but the first; 1 for rank 1. */
  int width();

  /** The element as a double: BOOL is 0 or 1, UINT64 is unsigned, BYTES is NaN. */
  double number(int row, int column);

  /** The element as people read it; BYTES as UTF-8. */
  String text(int row, int column);

  /**
   * A tensor of {@code rowOf.length} rows whose element (r, c) is this tensor's element
   * (rowOf[r][offset + c], c), bit for bit.
   */
  Tensor pick(int[][] rowOf, int offset);

  /** Appends the wire bytes of one row; BYTES elements are preceded by their length. */
  void writeRow(int row, RowBytes to);
}
