package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names and kinds of the columns of {@link Instances}, in their order.
 *
 * @param groups columns that move together; a column is in at most one
 * @param outputs names of the model's outputs (classes), empty if unknown
 * @param immutable names of features a counterfactual may not change
 */
public record FeatureSchema(
    List<Feature> features,
    List<FeatureGroup> groups,
    List<String> outputs,
    Set<String> immutable) {

  public FeatureSchema {
    features = List.copyOf(features);
    groups = List.copyOf(groups);
    outputs = List.copyOf(outputs);
    immutable = Set.copyOf(immutable);
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      Integer before = seen.putIfAbsent(features.get(i).name(), i);
      if (before != null) {
        throw new IllegalArgumentException(
            "features %d and %d are both named '%s'".formatted(before, i, features.get(i).name()));
      }
    }
    Set<Integer> grouped = new HashSet<>();
    for (FeatureGroup group : groups) {
      for (int member : group.members()) {
        if (member < 0 || member >= features.size()) {
          throw new IllegalArgumentException(
              "group '%s' names column %d of %d".formatted(group.name(), member, features.size()));
        }
        if (!grouped.add(member)) {
          throw new IllegalArgumentException("column " + member + " is in two groups");
        }
      }
    }
    for (String name : immutable) {
      if (!seen.containsKey(name)) {
        throw new IllegalArgumentException("immutable names no feature: '" + name + "'");
      }
    }
  }

  public static FeatureSchema of(List<Feature> features) {
    return new FeatureSchema(features, List.of(), List.of(), Set.of());
  }

  /** Number of columns. */
  public int width() {
    return features.size();
  }

  /**
   * The units of an explanation, in column order: each group once, at its first member, and every
   * other column alone. Opaque columns are left out, since they never change hands.
   */
  public List<FeatureGroup> players() {
    Map<Integer, FeatureGroup> groupOf = new HashMap<>();
    for (FeatureGroup group : groups) {
      for (int member : group.members()) {
        groupOf.put(member, group);
      }
    }
    List<FeatureGroup> players = new ArrayList<>();
    for (int c = 0; c < features.size(); c++) {
      FeatureGroup group = groupOf.get(c);
      if (group == null) {
        if (features.get(c).kind() != FeatureKind.OPAQUE) {
          players.add(new FeatureGroup(features.get(c).name(), List.of(c), false));
        }
      } else if (group.members().get(0) == c) {
        players.add(group);
      }
    }
    return players;
  }
}
