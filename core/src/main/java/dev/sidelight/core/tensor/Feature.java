package dev.sidelight.core.tensor;

import java.util.List;

/**
 * One column of the instances.
 *
 * @param labels the categories in the order of their indices; empty unless categorical
 */
public record Feature(String name, FeatureKind kind, List<String> labels) {

  public Feature {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a feature needs a name");
    }
    labels = List.copyOf(labels);
    if (kind != FeatureKind.CATEGORICAL && !labels.isEmpty()) {
      throw new IllegalArgumentException(
          "feature '" + name + "' is " + kind + " and cannot have labels");
    }
  }

  public static Feature numeric(String name) {
    return new Feature(name, FeatureKind.NUMERIC, List.of());
  }
}
