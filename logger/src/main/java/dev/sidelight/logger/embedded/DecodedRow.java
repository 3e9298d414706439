package dev.sidelight.logger.embedded;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row as a filter sees it. Values are {@link Number}, {@link Boolean} or {@link String}
 * (categories by their label).
 *
 * @param features by the public feature name
 * @param prediction the label or the value; null when there is no answer
 * @param score probability of the prediction; NaN when there is none
 */
public record DecodedRow(Map<String, Object> features, @Nullable Object prediction, double score) {

  public DecodedRow {
    features = Map.copyOf(features);
  }
}
