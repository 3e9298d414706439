package dev.sidelight.proxy.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** One value of a request, in the model's code. */
final class Cells {

  private Cells() {}

  /** A number for a numeric feature, a string for a category. */
  static double read(CensusFeature feature, JsonNode value) throws ModelException {
    if (feature.isNumeric() && value.isNumber() && Double.isFinite(value.doubleValue())) {
      return value.doubleValue();
    }
    if (!feature.isNumeric() && value.isTextual()) {
      return feature.code(value.textValue());
    }
    throw ModelException.badRequest(
        "%s must be a %s, got %s"
            .formatted(
                feature.name(),
                feature.isNumeric() ? "finite number" : "string",
                value.getNodeType()));
  }
}
