package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.List;

/**
 * What a model said about each row, in one column: the label, the index of the largest column, or
 * the number. Backgrounds are stratified by it, whatever protocol the answer came in.
 */
final class AnswerClasses {

  /** Name of the column in a traffic sample; no model's column starts so. */
  static final String NAME = "\0answer";

  private AnswerClasses() {}

  /**
   * A column [n]: BYTES for classes, FP64 for a score, INT64 for whole numbers, which may be either
   * and become scores beside the first fraction.
   */
  static Tensor of(Instances outputs) {
    for (NamedTensor named : outputs.tensors()) {
      if (named.tensor().type() != DataType.BYTES && named.tensor().width() > 1) {
        return indices(named.tensor());
      }
    }
    Tensor first = outputs.tensors().get(0).tensor();
    if (first.width() > 1 || first.type() == DataType.BYTES || first.type() == DataType.BOOL) {
      return texts(first);
    }
    return first.type().isFloating() ? numbers(first) : wholes(first);
  }

  private static Tensor indices(Tensor scores) {
    String[] classes = new String[scores.rows()];
    for (int r = 0; r < classes.length; r++) {
      classes[r] = Integer.toString(largest(scores, r));
    }
    return BytesTensor.ofText(classes);
  }

  /** The first of the largest columns. */
  static int largest(Tensor scores, int row) {
    int best = 0;
    for (int c = 1; c < scores.width(); c++) {
      if (scores.number(row, c) > scores.number(row, best)) {
        best = c;
      }
    }
    return best;
  }

  private static Tensor numbers(Tensor scores) {
    double[] values = new double[scores.rows()];
    for (int r = 0; r < values.length; r++) {
      values[r] = scores.number(r, 0);
    }
    return new DoubleTensor(DataType.FP64, List.of(values.length), values);
  }

  private static Tensor wholes(Tensor labels) {
    long[] values = new long[labels.rows()];
    for (int r = 0; r < values.length; r++) {
      values[r] = (long) labels.number(r, 0);
    }
    return new IntegerTensor(DataType.INT64, List.of(values.length), values);
  }

  private static Tensor texts(Tensor labels) {
    String[] classes = new String[labels.rows()];
    for (int r = 0; r < classes.length; r++) {
      classes[r] = labels.text(r, 0);
    }
    return BytesTensor.ofText(classes);
  }
}
