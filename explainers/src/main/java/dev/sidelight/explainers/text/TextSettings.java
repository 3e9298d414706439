package dev.sidelight.explainers.text;

import dev.sidelight.explainers.ExplainException;
import java.util.Optional;

/**
 * How a text is taken apart.
 *
 * @param input name of the input tensor that holds it; empty takes the only one of text
 * @param maskToken stands for a hidden word; empty removes the word and the spaces after it
 * @param playersMax more words than this are grouped with their neighbours, in [1, 64]
 */
public record TextSettings(Optional<String> input, String maskToken, int playersMax) {

  /** Players of one text. */
  public static final int PLAYERS_MAX = 64;

  private static final int TOKEN_CHARS_MAX = 64;

  public TextSettings {
    if (playersMax > PLAYERS_MAX) {
      throw new ExplainException(
          "explain_too_large",
          "/parameters/players",
          "a text has at most %d players, got %d".formatted(PLAYERS_MAX, playersMax));
    }
    if (playersMax < 1) {
      throw new ExplainException(
          "parameter_range", "/parameters/players", "players must be >= 1, got " + playersMax);
    }
    if (maskToken.length() > TOKEN_CHARS_MAX) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/maskToken",
          "maskToken must have at most %d characters, got %d"
              .formatted(TOKEN_CHARS_MAX, maskToken.length()));
    }
  }

  public static TextSettings defaults() {
    return new TextSettings(Optional.empty(), "UNK", PLAYERS_MAX);
  }
}
