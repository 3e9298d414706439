package dev.sidelight.core.tensor;

/** Makes {@link ReferenceSet}s: merges equal rows into weights and gives the set its id. */
public final class ReferenceBuilder {

  private ReferenceBuilder() {}

  /** Every row weighs 1. */
  public static ReferenceSet build(FeatureSchema schema, Instances rows, String origin) {
    double[] weights = new double[rows.rows()];
    java.util.Arrays.fill(weights, 1);
    return build(schema, rows, weights, origin);
  }

  /**
   * @param weights one per row, >= 0, not all 0
   * @param origin {@code log} or {@code file}
   */
  public static ReferenceSet build(
      FeatureSchema schema, Instances rows, double[] weights, String origin) {
    return new ReferenceSet("sha256:", schema, rows, weights, origin);
  }
}
