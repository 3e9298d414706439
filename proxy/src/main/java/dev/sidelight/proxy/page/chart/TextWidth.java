package dev.sidelight.proxy.page.chart;

/** How wide a text is about, without a font at hand: wide enough for the usual sans-serif faces. */
final class TextWidth {

  /** Widths of U+0020 to U+007E in hundredths of the font size. */
  private static final int[] ASCII = {
    34, 42, 48, 80, 66, 95, 78, 30, 42, 42, 52, 80, 36, 38, 36, 38, // space to /
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 36, 36, 80, 80, 80, 54, // 0 to ?
    98, 70, 70, 72, 78, 66, 62, 78, 78, 34, 34, 68, 58, 88, 76, 80, // @ to O
    64, 80, 72, 66, 64, 76, 70, 98, 70, 64, 68, 42, 38, 42, 80, 52, // P to _
    50, 64, 66, 58, 66, 64, 38, 66, 66, 30, 32, 60, 30, 98, 66, 64, // ` to o
    66, 66, 44, 56, 42, 66, 62, 84, 62, 62, 56, 66, 36, 66, 84 // p to ~
  };

  private TextWidth() {}

  /** In pixels. */
  static double of(String text, double fontSize) {
    return text.codePoints().map(TextWidth::hundredths).sum() * fontSize / 100;
  }

  /** The text, or as much of its beginning as fits before an ellipsis. */
  static String cut(String text, double fontSize, double widthMax) {
    if (of(text, fontSize) <= widthMax) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    double room = widthMax - of("\u2026", fontSize);
    for (int c : text.codePoints().toArray()) {
      room -= hundredths(c) * fontSize / 100;
      if (room < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('\u2026').toString();
  }

  private static int hundredths(int c) {
    if (c >= 0x20 && c < 0x7F) {
      return ASCII[c - 0x20];
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
      return 0;
    }
    return c >= 0x1100 && (Character.isIdeographic(c) || c > 0xFFFF || c < 0x1200) ? 100 : 66;
  }
}
