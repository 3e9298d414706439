package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/** What all charts write alike. */
final class Svg {

  /** Below so many pixels names stand above what they name. */
  static final int NARROW = 520;

  /** Of all texts but axes. */
  static final double FONT = 13;

  private Svg() {}

  static void requireWidth(int width) {
    if (width < 320 || width > 1600) {
      throw new IllegalArgumentException("a chart's width must be in [320, 1600], got " + width);
    }
  }

  /** An image with a name: what is in it is read as one. */
  static void open(String kind, int width, double height, String id, Markup to) {
    open(kind, "img", width, height, id, to);
  }

  /**
   * Opens the {@code svg} element.
   *
   * @param role {@code img}, or {@code group} where there are links inside
   */
  static void open(String kind, String role, int width, double height, String id, Markup to) {
    to.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + width + " " + Figures.px(height),
        "class",
        "chart " + kind,
        "role",
        role,
        "aria-labelledby",
        id + "-t " + id + "-d",
        "font-size",
        Figures.px(FONT));
  }

  static void describe(String id, String title, String description, Markup to) {
    to.element("title", title, "id", id + "-t").element("desc", description, "id", id + "-d");
  }

  static void line(double x1, double y1, double x2, double y2, String kind, Markup to) {
    to.empty(
        "line",
        "class",
        kind,
        "x1",
        Figures.px(x1),
        "y1",
        Figures.px(y1),
        "x2",
        Figures.px(x2),
        "y2",
        Figures.px(y2));
  }

  /** An interval: a line with an end on both sides, so high. */
  static void whisker(double low, double high, double middle, double half, Markup to) {
    line(low, middle, high, middle, "whisker", to);
    line(low, middle - half, low, middle + half, "whisker", to);
    line(high, middle - half, high, middle + half, "whisker", to);
  }

  /**
   * A name beside or above what it names; the whole of it as a title.
   *
   * @param room pixels it may take
   */
  static void name(String name, double x, double y, String anchor, double room, Markup to) {
    to.open("text", "class", "name", "x", Figures.px(x), "y", Figures.px(y), "text-anchor", anchor)
        .element("title", name)
        .text(isolated(TextWidth.cut(name, FONT, room)))
        .close();
  }

  static void rect(String kind, double x, double y, double width, double height, Markup to) {
    to.empty(
        "rect",
        "class",
        kind,
        "x",
        Figures.px(x),
        "y",
        Figures.px(y),
        "width",
        Figures.px(Math.max(0, width)),
        "height",
        Figures.px(height));
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}
   * @param kind empty for none
   */
  static void text(String text, double x, double y, String anchor, String kind, Markup to) {
    String[] place = {"x", Figures.px(x), "y", Figures.px(y), "text-anchor", anchor};
    if (kind.isEmpty()) {
      to.element("text", text, place);
    } else {
      to.element(
          "text", text, "class", kind, place[0], place[1], place[2], place[3], place[4], place[5]);
    }
  }

  /** Right-to-left words keep to themselves, so that what stands around them stays in place. */
  static String isolated(String text) {
    boolean rightToLeft =
        text.codePoints()
            .map(Character::getDirectionality)
            .anyMatch(
                d ->
                    d == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || d == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    return rightToLeft ? "\u2068" + text + "\u2069" : text;
  }
}
