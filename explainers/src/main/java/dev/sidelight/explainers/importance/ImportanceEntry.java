package dev.sidelight.explainers.importance;

import dev.sidelight.explainers.Literal;
import java.util.Arrays;
import java.util.List;

/**
 * One explained request, as far as importance needs it; plain data, made to be saved.
 *
 * @param values what the request had, one per feature
 * @param attributions one per feature, finite
 * @param stdErrors one per feature, finite, >= 0
 */
public record ImportanceEntry(
    String requestId, List<Literal> values, double[] attributions, double[] stdErrors) {

  public ImportanceEntry {
    values = List.copyOf(values);
    if (requestId.isEmpty()) {
      throw new IllegalArgumentException("an importance entry needs a request id");
    }
    if (values.size() != attributions.length || stdErrors.length != attributions.length) {
      throw new IllegalArgumentException(
          "%d attributions need as many values and errors, got %d and %d"
              .formatted(attributions.length, values.size(), stdErrors.length));
    }
    for (int i = 0; i < attributions.length; i++) {
      if (!Double.isFinite(attributions[i])
          || !(stdErrors[i] >= 0 && stdErrors[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "attributions must be finite and errors finite and >= 0, got %s +- %s"
                .formatted(attributions[i], stdErrors[i]));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImportanceEntry that
        && requestId.equals(that.requestId)
        && values.equals(that.values)
        && Arrays.equals(attributions, that.attributions)
        && Arrays.equals(stdErrors, that.stdErrors);
  }

  @Override
  public int hashCode() {
    return requestId.hashCode();
  }

  @Override
  public String toString() {
    return "ImportanceEntry[" + requestId + ", " + Arrays.toString(attributions) + "]";
  }
}
