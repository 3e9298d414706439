package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import java.util.HashMap;
import java.util.Map;

/** Outcomes and truncations by their words. */
final class Words {

  private static final Map<String, Outcome> OUTCOMES = new HashMap<>();
  private static final Map<String, Truncation> TRUNCATIONS = new HashMap<>();

  static {
    for (Outcome outcome : Outcome.values()) {
      OUTCOMES.put(outcome.word(), outcome);
    }
    for (Truncation truncation : Truncation.values()) {
      TRUNCATIONS.put(truncation.word(), truncation);
    }
  }

  private Words() {}

  /** An unknown word of a later version is a server error, not a reason to lose the event. */
  static Outcome outcome(String word) {
    return OUTCOMES.getOrDefault(word, Outcome.SERVER_ERROR);
  }

  static Truncation truncation(String word) {
    return word.isEmpty() ? Truncation.NONE : TRUNCATIONS.getOrDefault(word, Truncation.CAP);
  }
}
