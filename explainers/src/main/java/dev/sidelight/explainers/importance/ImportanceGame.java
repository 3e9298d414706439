package dev.sidelight.explainers.importance;

import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Target;
import java.util.List;

/**
 * What all attributions of one importance must share, or their values could not be added.
 *
 * @param referenceId of the frozen background
 * @param seed of the coalitions
 * @param target the same class for all rows, not each row's own
 * @param features names of the players, in schema order
 */
public record ImportanceGame(
    String referenceId, long seed, Target target, Link link, List<String> features) {

  public ImportanceGame {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("an importance needs at least one feature");
    }
  }
}
