package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;

/**
 * One row to explain.
 *
 * @param <S> the method's settings
 * @param row n = 1, the signature of the reference's rows
 * @param reference background rows and the schema of their columns
 */
public record ExplainRequest<S extends MethodSettings>(
    Instances row, ReferenceSet reference, S settings, Budget budget, long seed) {

  public ExplainRequest {
    if (row.rows() != 1) {
      throw new IllegalArgumentException("an explanation is about one row, got " + row.rows());
    }
    if (row.width() != reference.rows().width()) {
      throw new IllegalArgumentException(
          "the row has %d columns, the reference %d"
              .formatted(row.width(), reference.rows().width()));
    }
  }
}
