package dev.sidelight.proxy.client;

/**
 * How text is laid out.
 *
 * @param columns of a line, at least 20
 * @param colour with ANSI colours; the page's: orange raises, blue lowers
 */
public record TextStyle(int columns, boolean colour) {

  private static final int COLUMNS_MIN = 20;

  public TextStyle {
    columns = Math.max(COLUMNS_MIN, columns);
  }

  String strong(String text) {
    return painted(text, "1");
  }

  String faint(String text) {
    return painted(text, "2");
  }

  String raises(String text) {
    return painted(text, "33");
  }

  String lowers(String text) {
    return painted(text, "34");
  }

  private String painted(String text, String code) {
    return colour && !text.isBlank() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
