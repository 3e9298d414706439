package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/** A probability as a length. Decoration: the number beside it says the same. */
public final class ShareBar {

  private ShareBar() {}

  /** Drawn within [0, 1]; anything else, NaN included, as nothing or as all. */
  public static void draw(double share, Markup to) {
    double length = share > 0 ? Math.min(1, share) * 160 : 0;
    to.open(
        "svg",
        "class",
        "chart share",
        "viewBox",
        "0 0 160 8",
        "preserveAspectRatio",
        "none",
        "aria-hidden",
        "true");
    to.empty("rect", "class", "track", "width", "160", "height", "8");
    to.empty("rect", "class", "share", "width", Figures.px(length), "height", "8");
    to.close();
  }
}
