package dev.sidelight.proxy.page.markup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Writes elements of HTML or SVG. Values are text and attribute values, never markup; what could
 * run (event attributes, foreign addresses, inline styles) cannot be written at all. The result is
 * well-formed XML and reads the same as HTML. Not thread-safe.
 */
public final class Markup {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Markup open(String name, String... attributes) {
    tag(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /** Closes the element opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content: {@code br}, {@code input}, {@code rect}. */
  public Markup empty(String name, String... attributes) {
    tag(name, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds text only. */
  public Markup element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** What another writer wrote. */
  public Markup add(Markup other) {
    out.append(other);
    return this;
  }

  private void tag(String name, String... attributes) {
    if (!NAME.matcher(name).matches() || attributes.length % 2 != 0) {
      throw new IllegalArgumentException("cannot write an element '" + name + "'");
    }
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      check(attributes[i], attributes[i + 1]);
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private static void check(String name, String value) {
    boolean inert = NAME.matcher(name).matches() && !name.startsWith("on") && !name.equals("style");
    boolean address = name.equals("href") || name.equals("action") || name.equals("src");
    boolean ours = !value.isEmpty() && "/#?".indexOf(value.charAt(0)) >= 0;
    if (!inert || (address && (!ours || value.startsWith("//")))) {
      throw new IllegalArgumentException("cannot write an attribute '" + name + "'");
    }
  }

  /** The five signs become entities; what XML cannot hold becomes U+FFFD. */
  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** The markup; every element must have been closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
