package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.MethodSettings;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a caller asks of an explanation.
 *
 * @param method the word it is asked for by
 * @param seed empty derives it from row, reference and settings, so that a repeat is the same
 *     answer
 * @param dryRun only the price is asked
 * @param ignored names of parameters that were understood and have no effect here
 */
public record ExplainOptions(
    Method method,
    MethodSettings settings,
    Budget budget,
    OptionalLong seed,
    Format format,
    boolean dryRun,
    List<String> ignored) {

  public ExplainOptions {
    ignored = List.copyOf(ignored);
  }

  /** The shape of the answer. */
  public enum Format {
    NATIVE("native"),
    ALIBI("alibi"),
    KSERVE_ALIBI("kserve-alibi"),
    TRUSTYAI("trustyai");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Format ofWord(String word) {
      for (Format format : values()) {
        if (format.word.equals(word)) {
          return format;
        }
      }
      throw new IllegalArgumentException("no format '" + word + "'");
    }
  }
}
