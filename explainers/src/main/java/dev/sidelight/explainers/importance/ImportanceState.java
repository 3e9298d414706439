package dev.sidelight.explainers.importance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that is known so far: what a job saves, and goes on from after a restart.
 *
 * @param entries each request once, in the order they were explained
 */
public record ImportanceState(ImportanceGame game, List<ImportanceEntry> entries) {

  public ImportanceState {
    entries = List.copyOf(entries);
    Set<String> ids = new HashSet<>();
    for (ImportanceEntry entry : entries) {
      if (entry.attributions().length != game.features().size()) {
        throw new IllegalArgumentException(
            "%d attributions for %d features"
                .formatted(entry.attributions().length, game.features().size()));
      }
      if (!ids.add(entry.requestId())) {
        throw new IllegalArgumentException("request " + entry.requestId() + " is there twice");
      }
    }
  }
}
