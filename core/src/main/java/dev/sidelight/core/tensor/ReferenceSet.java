package dev.sidelight.core.tensor;

import java.util.Arrays;

/**
 * Rows taken as normal: the background of Shapley values, the population of anchors. Frozen at
 * first use.
 *
 * @param id {@code sha256:} and the digest over schema and rows
 * @param weights one per row, >= 0, not all 0; they need not sum to 1
 * @param origin where the rows come from: {@code log} or {@code file}
 */
public record ReferenceSet(
    String id, FeatureSchema schema, Instances rows, double[] weights, String origin) {

  public ReferenceSet {
    if (schema.width() != rows.width()) {
      throw new IllegalArgumentException(
          "the schema has %d features, the reference rows %d"
              .formatted(schema.width(), rows.width()));
    }
    if (weights.length != rows.rows()) {
      throw new IllegalArgumentException(
          "%d weights for %d reference rows".formatted(weights.length, rows.rows()));
    }
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "reference weights must be finite and >= 0, got " + weight);
      }
      sum += weight;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("reference weights are all 0");
    }
  }

  public int size() {
    return rows.rows();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReferenceSet that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "ReferenceSet["
        + id
        + ", "
        + size()
        + " rows from "
        + origin
        + ", "
        + Arrays.stream(weights).sum()
        + "]";
  }
}
