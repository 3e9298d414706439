package dev.sidelight.core.event;

import java.util.Locale;

/** How an exchange ended. */
public enum Outcome {
  SUCCESS,
  CLIENT_ERROR,
  SERVER_ERROR,
  /** No connection, a reset before the head, or an unparsable head. */
  BACKEND_UNREACHABLE,
  /** No answer in time, or no free connection in time. */
  TIMEOUT,
  CLIENT_CLOSED,
  /** The backend broke off inside the body. */
  TRUNCATED_UPSTREAM;

  private final String word = name().toLowerCase(Locale.ROOT); // events ask for it

  /** The word used on the wire, in the store and in metrics. */
  public String word() {
    return word;
  }

  public static Outcome ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
