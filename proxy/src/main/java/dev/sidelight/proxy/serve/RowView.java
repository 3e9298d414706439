package dev.sidelight.proxy.serve;

import java.util.List;

/**
 * One row of a logged request as people read it.
 *
 * @param features in schema order
 * @param prediction the label, or the number as text; empty when there is no answer
 * @param score probability of the prediction; NaN when there is none
 * @param probabilities by class, empty when there are none
 */
public record RowView(
    List<NamedValue> features, String prediction, double score, List<NamedScore> probabilities) {

  /**
   * A feature.
   *
   * @param value {@link Number}, {@link Boolean} or {@link String}, as sent
   * @param text as shown
   */
  public record NamedValue(String name, Object value, String text) {}

  /** A class and what the model gives it. */
  public record NamedScore(String name, double score) {}

  public RowView {
    features = List.copyOf(features);
    probabilities = List.copyOf(probabilities);
  }
}
