package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The words of outcomes and truncations, made once instead of once per event. */
final class Words {

  private static final Map<Outcome, String> OUTCOMES = new EnumMap<>(Outcome.class);
  private static final Map<Truncation, String> TRUNCATIONS = new EnumMap<>(Truncation.class);
  private static final Map<String, Outcome> OUTCOMES_BY_WORD = new HashMap<>();
  private static final Map<String, Truncation> TRUNCATIONS_BY_WORD = new HashMap<>();

  static {
    for (Outcome outcome : Outcome.values()) {
      OUTCOMES.put(outcome, outcome.word());
      OUTCOMES_BY_WORD.put(outcome.word(), outcome);
    }
    for (Truncation truncation : Truncation.values()) {
      TRUNCATIONS.put(truncation, truncation.word());
      TRUNCATIONS_BY_WORD.put(truncation.word(), truncation);
    }
  }

  private Words() {}

  static String of(Outcome outcome) {
    return OUTCOMES.getOrDefault(outcome, "");
  }

  static String of(Truncation truncation) {
    return TRUNCATIONS.getOrDefault(truncation, "");
  }

  /** An unknown word of a later version is a server error, not a reason to lose the event. */
  static Outcome outcome(String word) {
    return OUTCOMES_BY_WORD.getOrDefault(word, Outcome.SERVER_ERROR);
  }

  static Truncation truncation(String word) {
    return word.isEmpty()
        ? Truncation.NONE
        : TRUNCATIONS_BY_WORD.getOrDefault(word, Truncation.CAP);
  }
}
