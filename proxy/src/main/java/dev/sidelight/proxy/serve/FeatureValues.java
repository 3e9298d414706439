package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;

/** The columns of rows as people and documents read them. */
public final class FeatureValues {

  private final FeatureSchema schema;
  private final Instances rows;
  private final Tensor[] tensorOf;
  private final int[] columnOf;

  /** The schema must have the rows' width. */
  public FeatureValues(FeatureSchema schema, Instances rows) {
    this.schema = schema;
    this.rows = rows;
    this.tensorOf = new Tensor[rows.width()];
    this.columnOf = new int[rows.width()];
    int at = 0;
    for (NamedTensor named : rows.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        tensorOf[at] = named.tensor();
        columnOf[at++] = c;
      }
    }
  }

  int rows() {
    return rows.rows();
  }

  /** The value in its wire form: {@link Number}, {@link Boolean} or {@link String}. */
  public Object value(int row, int column) {
    Tensor tensor = tensorOf[column];
    if (tensor.type() == DataType.BYTES) {
      return tensor.text(row, columnOf[column]);
    }
    double number = tensor.number(row, columnOf[column]);
    if (tensor.type() == DataType.BOOL) {
      return number != 0;
    }
    if (tensor.type().isInteger()) {
      String text = tensor.text(row, columnOf[column]);
      return tensor.type() == DataType.UINT64 ? new java.math.BigInteger(text) : Long.valueOf(text);
    }
    return number;
  }

  /** As people read it: a label stays itself, an index that has a label becomes it. */
  public String text(int row, int column) {
    Feature feature = schema.features().get(column);
    Tensor tensor = tensorOf[column];
    if (feature.kind() == FeatureKind.CATEGORICAL && tensor.type() != DataType.BYTES) {
      double index = tensor.number(row, columnOf[column]);
      if (index >= 0 && index < feature.labels().size() && index == Math.rint(index)) {
        return feature.labels().get((int) index);
      }
    }
    String text = tensor.text(row, columnOf[column]);
    boolean real = tensor.type() != DataType.BYTES; // a text "1.0" is what it is
    return real && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /**
   * As the alibi format wants it: a number. A label is its index in the schema, an unknown one the
   * next free index.
   */
  public double encoded(int row, int column) {
    Tensor tensor = tensorOf[column];
    if (tensor.type() != DataType.BYTES) {
      return tensor.number(row, columnOf[column]);
    }
    java.util.List<String> labels = schema.features().get(column).labels();
    int index = labels.indexOf(tensor.text(row, columnOf[column]));
    return index < 0 ? labels.size() : index;
  }
}
