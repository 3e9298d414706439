package dev.sidelight.explainers;

import dev.sidelight.core.tensor.FeatureGroup;
import java.util.List;

/**
 * Shapley values of one row. Per explained output: baseline + sum of values = prediction, in link
 * space.
 *
 * @param method {@code exact}, {@code odd-gp}, {@code leverage} or {@code row}
 * @param exact every needed value was enumerated and the model is deterministic: exact for this
 *     background
 * @param players in schema order; {@code values} follow it
 * @param target index into {@code outputs} of the one that was asked for
 * @param outputs one entry per explained output
 * @param backgroundRows rows of the background used
 * @param backgroundRowsDropped rows that left the game because the model refused a hybrid of theirs
 * @param clipped probabilities clipped before a logit
 */
public record Attribution(
    String method,
    boolean exact,
    Stopped stopped,
    Link link,
    List<FeatureGroup> players,
    int target,
    List<OutputAttribution> outputs,
    int backgroundRows,
    int backgroundRowsDropped,
    long clipped,
    boolean deterministic,
    long seed,
    Cost cost)
    implements Explanation {

  public Attribution {
    players = List.copyOf(players);
    outputs = List.copyOf(outputs);
    if (target < 0 || target >= outputs.size()) {
      throw new IllegalArgumentException(
          "target %d of %d outputs".formatted(target, outputs.size()));
    }
    for (OutputAttribution output : outputs) {
      if (output.values().length != players.size()) {
        throw new IllegalArgumentException(
            "%d values for %d players".formatted(output.values().length, players.size()));
      }
    }
  }

  public OutputAttribution targeted() {
    return outputs.get(target);
  }
}
