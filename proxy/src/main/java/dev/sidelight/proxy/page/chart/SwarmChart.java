package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.chart.Swarm.Dot;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One dot a request, its place what the feature added, its shade the feature's value. Dots that
 * would lie on each other step aside, always the same way. Beyond 2,000 dots, the thickness shows
 * how many there are. Below 520 pixels the names stand above.
 */
public final class SwarmChart {

  private static final double RADIUS = 3;
  private static final double TOP = 8;
  private static final int BINS = 60;

  private final int width;
  private final String id;
  private final boolean linked;
  private final boolean narrow;

  /**
   * @param width in pixels, 320 to 1600
   * @param id begins the ids inside; another one for each chart of a page
   * @param linked dots lead to their requests
   */
  public SwarmChart(int width, String id, boolean linked) {
    Svg.requireWidth(width);
    this.width = width;
    this.id = id;
    this.linked = linked;
    this.narrow = width < Svg.NARROW;
  }

  /** Adds the {@code svg} element. */
  public void draw(Swarm swarm, Markup to) {
    List<Swarm.Row> rows = swarm.shown();
    double names = narrow ? 8 : width * 0.2;
    double pitch = narrow ? 52 : 38;
    double bottom = TOP + rows.size() * pitch;
    Scale scale = scale(rows, names);
    Svg.open("swarm", linked ? "group" : "img", width, bottom + 22, id, to);
    Svg.describe(
        id,
        "What each feature added, request by request",
        rows.size() + " features, the most important first; the table sums them up.",
        to);
    to.open("g", "class", "axis");
    for (double tick : scale.ticks()) {
      Svg.line(scale.x(tick), TOP, scale.x(tick), bottom, "grid", to);
      Svg.text(Figures.prose(tick), scale.x(tick), bottom + 15, "middle", "", to);
    }
    to.close();
    Svg.line(scale.x(0), TOP, scale.x(0), bottom, "zero", to);
    boolean dense = swarm.isDense();
    for (int i = 0; i < rows.size(); i++) {
      double upper = TOP + i * pitch + (narrow ? 16 : 0);
      name(rows.get(i).name(), upper, names, to);
      double half = 17;
      if (dense) {
        density(rows.get(i).dots(), upper + half + 1, half, scale, to);
      } else {
        dots(rows.get(i).dots(), upper + half + 1, half, scale, to);
      }
    }
    to.close();
  }

  private Scale scale(List<Swarm.Row> rows, double names) {
    double low = 0;
    double high = 0;
    for (Swarm.Row row : rows) {
      for (Dot dot : row.dots()) {
        low = Math.min(low, dot.phi());
        high = Math.max(high, dot.phi());
      }
    }
    return new Scale(low, high, names + 6, width - names - 20);
  }

  private void name(String name, double upper, double names, Markup to) {
    double room = narrow ? width - 8 : names - 12;
    double x = narrow ? 4 : names - 8;
    Svg.name(name, x, narrow ? upper - 2 : upper + 22, narrow ? "start" : "end", room, to);
  }

  /** The first in a column stands in the middle, the next above it, the next below, and so on. */
  private void dots(List<Dot> dots, double middle, double half, Scale scale, Markup to) {
    List<Dot> sorted = new ArrayList<>(dots);
    sorted.sort(Comparator.comparingDouble(Dot::phi));
    int columns = (int) (width / (2 * RADIUS)) + 2;
    int[] inColumn = new int[columns];
    int most = 0;
    for (Dot dot : sorted) {
      most = Math.max(most, ++inColumn[column(dot, scale)]);
    }
    double step = Math.min(2 * RADIUS, (half - RADIUS) / Math.max(1, most / 2));
    int[] placed = new int[columns];
    for (Dot dot : sorted) {
      int k = placed[column(dot, scale)]++;
      double off = (k % 2 == 0 ? 1 : -1) * ((k + 1) / 2) * step;
      dot(dot, scale.x(dot.phi()), middle + off, to);
    }
  }

  private static int column(Dot dot, Scale scale) {
    return (int) (scale.x(dot.phi()) / (2 * RADIUS));
  }

  private void dot(Dot dot, double x, double y, Markup to) {
    boolean leads = linked && !dot.link().isEmpty();
    if (leads) {
      to.open("a", "href", dot.link(), "tabindex", "-1", "aria-label", dot.label());
    }
    to.empty("circle", "class", shade(dot), "cx", Figures.px(x), "cy", Figures.px(y), "r", "3");
    if (leads) {
      to.close();
    }
  }

  private static String shade(Dot dot) {
    return Double.isNaN(dot.shade())
        ? "qn"
        : "q" + Math.max(0, Math.min(4, (int) (dot.shade() * 5)));
  }

  private static void density(List<Dot> dots, double middle, double half, Scale scale, Markup to) {
    int[] counts = new int[BINS];
    int most = 1;
    for (Dot dot : dots) {
      double share = (scale.x(dot.phi()) - scale.left()) / scale.width();
      int bin = Math.max(0, Math.min(BINS - 1, (int) (share * BINS)));
      most = Math.max(most, ++counts[bin]);
    }
    double wide = scale.width() / BINS;
    for (int b = 0; b < BINS; b++) {
      if (counts[b] > 0) {
        double thick = Math.max(1.5, 2 * half * Math.sqrt((double) counts[b] / most));
        Svg.rect("dense", scale.left() + b * wide, middle - thick / 2, wide, thick, to);
      }
    }
  }
}
