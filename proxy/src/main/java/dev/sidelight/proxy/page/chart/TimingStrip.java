package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/** How much of a request's time was ours and how much the model's, to scale. */
public final class TimingStrip {

  private static final double WIDTH = 320;

  private TimingStrip() {}

  /** Both parts in microseconds, >= 0. */
  public static void draw(long oursMicros, long modelMicros, Markup to) {
    long whole = Math.max(1, oursMicros + modelMicros);
    double ours = oursMicros == 0 ? 0 : Math.max(2, WIDTH * oursMicros / whole);
    to.open(
        "svg",
        "class",
        "chart timing",
        "viewBox",
        "0 0 320 14",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        "Sidelight " + Figures.duration(oursMicros) + ", model " + Figures.duration(modelMicros));
    to.empty("rect", "class", "ours", "width", Figures.px(ours), "height", "14");
    to.empty(
        "rect",
        "class",
        "model",
        "x",
        Figures.px(ours),
        "width",
        Figures.px(WIDTH - ours),
        "height",
        "14");
    to.close();
  }
}
