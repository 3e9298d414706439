package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/**
 * Where a value stands among the rows taken as normal: the track is all of them in order, its
 * middle half shaded, a mark at the value. Of a category, the filled part is the share of rows that
 * have the same one. Decoration: the words beside it say the same.
 */
public final class PercentileBar {

  private static final double WIDTH = 120;
  private static final double HEIGHT = 12;

  private PercentileBar() {}

  /**
   * @param below share of rows with a smaller number, in [0, 1]
   * @param equal share of rows with the same number, in [0, 1 - below]
   */
  public static void number(double below, double equal, Markup to) {
    begin(to);
    to.empty("rect", "class", "track", "y", "4", "width", "120", "height", "4", "rx", "2");
    to.empty("rect", "class", "half", "x", "30", "y", "4", "width", "60", "height", "4");
    if (equal > 0) {
      rect("same", below * WIDTH, 4, equal * WIDTH, 4, to);
    }
    double at = (below + equal / 2) * WIDTH;
    rect("at", Math.max(0, Math.min(WIDTH - 3, at - 1.5)), 0, 3, HEIGHT, to);
    to.close();
  }

  /**
   * @param share of rows with the same category, in [0, 1]
   */
  public static void category(double share, Markup to) {
    begin(to);
    to.empty("rect", "class", "track", "y", "4", "width", "120", "height", "4", "rx", "2");
    rect("share", 0, 2, share * WIDTH, 8, to);
    to.close();
  }

  private static void begin(Markup to) {
    to.open(
        "svg",
        "class",
        "chart percentile",
        "viewBox",
        "0 0 " + Figures.px(WIDTH) + " " + Figures.px(HEIGHT),
        "aria-hidden",
        "true");
  }

  private static void rect(
      String kind, double x, double y, double width, double height, Markup to) {
    to.empty(
        "rect",
        "class",
        kind,
        "x",
        Figures.px(x),
        "y",
        Figures.px(y),
        "width",
        Figures.px(width),
        "height",
        Figures.px(height));
  }
}
