package dev.sidelight.core.tensor;

import java.util.List;

/**
 * Columns that are one player in the game: they are taken from the explained row, or from the
 * background, together.
 *
 * @param members column indices, ascending, at least one
 * @param oneHot the members are the indicator columns of one category
 */
public record FeatureGroup(String name, List<Integer> members, boolean oneHot) {

  public FeatureGroup {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a feature group needs a name");
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("feature group '" + name + "' has no members");
    }
    members = List.copyOf(members);
  }
}
