package dev.sidelight.explainers;

/**
 * A value as it stands in a request.
 *
 * @param text of a NUMBER or BOOLEAN the JSON token, of a TEXT its characters, of MISSING "null"
 */
public record Literal(Kind kind, String text) {

  /** What JSON calls it. */
  public enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    /** Null or NaN: a value equal to itself. */
    MISSING
  }

  public static Literal text(String text) {
    return new Literal(Kind.TEXT, text);
  }

  public static Literal number(String token) {
    return new Literal(Kind.NUMBER, token);
  }

  public static Literal bool(boolean value) {
    return new Literal(Kind.BOOLEAN, Boolean.toString(value));
  }

  public static Literal missing() {
    return new Literal(Kind.MISSING, "null");
  }
}
