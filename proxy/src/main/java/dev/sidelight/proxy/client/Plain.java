package dev.sidelight.proxy.client;

/** Text that came from elsewhere, made fit for a terminal and for columns. */
final class Plain {

  private Plain() {}

  /** Without what would move the cursor, colour the screen or turn the writing direction. */
  static String text(String given) {
    StringBuilder plain = new StringBuilder(given.length());
    given
        .codePoints()
        .map(c -> isControl(c) ? (c == '\n' || c == '\t' || c == '\r' ? ' ' : 0xFFFD) : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Columns that a text takes. */
  static int width(String text) {
    return text.codePoints().map(Plain::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
      default -> c >= 0x1F300 && c <= 0x1FAFF ? 2 : 1;
    };
  }

  /** At most so many columns, the last one an ellipsis where something is missing. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      if (used + width(c) > columns - 1) {
        break;
      }
      kept.appendCodePoint(c);
      used += width(c);
    }
    return columns < 1 ? "" : kept.append('…').toString();
  }

  /** Filled with blanks behind. */
  static String left(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** Filled with blanks before. */
  static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - width(text))) + text;
  }
}
