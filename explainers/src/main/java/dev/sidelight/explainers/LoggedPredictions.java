package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.List;

/**
 * Rows seen in traffic and what the model answered to them then.
 *
 * @param rows of the explained row's signature
 * @param outputs row i answers row i
 * @param requestIds one per row; empty text where there is none
 */
public record LoggedPredictions(Instances rows, Instances outputs, List<String> requestIds) {

  public LoggedPredictions {
    requestIds = List.copyOf(requestIds);
    if (outputs.rows() != rows.rows() || requestIds.size() != rows.rows()) {
      throw new IllegalArgumentException(
          "%d logged rows need as many answers and ids, got %d and %d"
              .formatted(rows.rows(), outputs.rows(), requestIds.size()));
    }
  }
}
