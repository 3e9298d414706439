package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.SchemaInference;

/** Rows that somebody gave as a reference. */
final class FileRows {

  private FileRows() {}

  static FeatureSchema schema(Instances rows) {
    SchemaInference inference = new SchemaInference();
    inference.add(rows);
    return inference.result().schema();
  }

  /**
   * A file of at most {@code size} rows is the background whole; of a larger one every row has the
   * same chance, as nobody has asked the model about them.
   */
  static Instances background(Instances rows, int size, long seed) {
    if (rows.rows() <= size) {
      return rows;
    }
    return rows.rowsAt(BackgroundSample.choose(new int[rows.rows()], size, seed));
  }
}
