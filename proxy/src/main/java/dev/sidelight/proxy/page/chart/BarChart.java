package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.chart.Bars.Bar;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;

/**
 * Sizes as bars, largest first, with 95 % whiskers and a dotted mark below which a size cannot be
 * told from zero. Below 520 pixels the names stand above their bars.
 */
public final class BarChart {

  private static final double BAR = 16;
  private static final double TOP = 8;
  private static final double FIGURE = 60;

  private final int width;
  private final String id;
  private final boolean narrow;

  /**
   * @param width in pixels, 320 to 1600
   * @param id begins the ids inside; another one for each chart of a page
   */
  public BarChart(int width, String id) {
    Svg.requireWidth(width);
    this.width = width;
    this.id = id;
    this.narrow = width < Svg.NARROW;
  }

  /** Adds the {@code svg} element. */
  public void draw(Bars bars, Markup to) {
    List<Bar> shown = bars.shown();
    double names = narrow ? 4 : width * 0.26;
    double pitch = narrow ? 42 : 27;
    double bottom = TOP + shown.size() * pitch + 4;
    double most = 0;
    for (Bar bar : shown) {
      most = Math.max(most, Math.max(bar.floor(), Math.max(bar.size(), bar.high())));
    }
    Scale scale = new Scale(0, most > 0 ? most : 1, names, width - names - FIGURE);
    Svg.open("bars", width, bottom + 22, id, to);
    Svg.describe(
        id,
        bars.title(),
        shown.size() + " bars, the largest first; the table holds every number.",
        to);
    to.open("g", "class", "axis");
    for (double tick : scale.ticks()) {
      Svg.line(scale.x(tick), TOP, scale.x(tick), bottom, "grid", to);
      Svg.text(Figures.prose(tick), scale.x(tick), bottom + 15, "middle", "", to);
    }
    to.close();
    int decimals = Figures.decimals(shown.isEmpty() ? 1 : shown.get(0).size());
    for (int i = 0; i < shown.size(); i++) {
      bar(shown.get(i), TOP + i * pitch, names, scale, decimals, to);
    }
    to.close();
  }

  private void bar(Bar bar, double y, double names, Scale scale, int decimals, Markup to) {
    double upper = narrow ? y + 19 : y + 4;
    double middle = upper + BAR / 2;
    double room = narrow ? width - 8 : names - 14;
    Svg.name(
        bar.name(),
        narrow ? 4 : names - 8,
        narrow ? y + 13 : middle + 4.5,
        narrow ? "start" : "end",
        room,
        to);
    Svg.rect("size", scale.x(0), upper, scale.x(bar.size()) - scale.x(0), BAR, to);
    double edge = scale.x(bar.size());
    if (bar.low() < bar.high()) {
      double low = scale.x(Math.max(0, bar.low()));
      double high = scale.x(bar.high());
      Svg.whisker(low, high, middle, 4, to);
      edge = Math.max(edge, high);
    }
    if (bar.floor() > 0) {
      Svg.line(scale.x(bar.floor()), upper - 3, scale.x(bar.floor()), upper + BAR + 3, "floor", to);
    }
    String figure = Figures.signed(bar.size(), decimals).replace("+", "");
    Svg.text(figure, edge + 6, middle + 4.5, "start", "figure", to);
  }
}
