package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import java.util.EnumMap;
import java.util.Map;

/** The words of outcomes and truncations, made once instead of once per event. */
final class Words {

  private static final Map<Outcome, String> OUTCOMES = new EnumMap<>(Outcome.class);
  private static final Map<Truncation, String> TRUNCATIONS = new EnumMap<>(Truncation.class);

  static {
    for (Outcome outcome : Outcome.values()) {
      OUTCOMES.put(outcome, outcome.word());
    }
    for (Truncation truncation : Truncation.values()) {
      TRUNCATIONS.put(truncation, truncation.word());
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
    for (Map.Entry<Outcome, String> entry : OUTCOMES.entrySet()) {
      if (entry.getValue().equals(word)) {
        return entry.getKey();
      }
    }
    return Outcome.SERVER_ERROR;
  }

  static Truncation truncation(String word) {
    for (Map.Entry<Truncation, String> entry : TRUNCATIONS.entrySet()) {
      if (entry.getValue().equals(word)) {
        return entry.getKey();
      }
    }
    return word.isEmpty() ? Truncation.NONE : Truncation.CAP;
  }
}
