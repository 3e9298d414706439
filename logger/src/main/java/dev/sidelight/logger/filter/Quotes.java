package dev.sidelight.logger.filter;

/** Which words stand bare and how the others are quoted. */
final class Quotes {

  private Quotes() {}

  /** Characters of a word without quotes. Letters of any script; no sign the grammar uses. */
  static boolean isBare(int c) {
    return Character.isLetterOrDigit(c) || "_-.:/+*%@#$&,;?[]{}|^".indexOf(c) >= 0;
  }

  /** Characters of a field name without quotes: so {@code model=x} needs no blanks. */
  static boolean isName(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String bareOrQuoted(String name) {
    return !name.isEmpty() && name.codePoints().allMatch(Quotes::isName) ? name : quoted(name);
  }
}
