package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.chart.AnchorStrip.Clause;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;

/**
 * A rule's conditions as chips in the order they were added, the precision after each as a point
 * against the threshold's line, the coverage after each as a bar. Below 520 pixels the chips stand
 * above their tracks.
 */
public final class AnchorChart {

  private static final double TOP = 34;
  private static final double FIGURE = 42;

  private final int width;
  private final String id;
  private final boolean narrow;

  /**
   * @param width in pixels, 320 to 1600
   * @param id begins the ids inside; another one for each chart of a page
   */
  public AnchorChart(int width, String id) {
    Svg.requireWidth(width);
    this.width = width;
    this.id = id;
    this.narrow = width < Svg.NARROW;
  }

  /** Adds the {@code svg} element. */
  public void draw(AnchorStrip strip, Markup to) {
    List<Clause> clauses = strip.shown();
    double pitch = narrow ? 54 : 36;
    double bottom = TOP + (clauses.size() + 1) * pitch;
    Svg.open("anchor", width, bottom + 22, id, to);
    Svg.describe(
        id,
        "How the rule grew",
        "%d conditions; precision %s after the last, %s is asked for; the table holds every number."
            .formatted(
                strip.clauses().size(),
                Figures.prose(
                    clauses.isEmpty()
                        ? strip.allPrecision()
                        : clauses.get(clauses.size() - 1).precision()),
                Figures.prose(strip.threshold())),
        to);
    double names = narrow ? 0 : width * 0.46;
    double room = width - names - 2 * FIGURE - 34;
    Scale precision = new Scale(0, 1, names + 6, room * 0.62);
    Scale coverage = new Scale(0, 1, names + room * 0.62 + FIGURE + 26, room * 0.38);
    heads(strip, precision, coverage, bottom, to);
    row("", "any row", strip.allPrecision(), 1, TOP, precision, coverage, to);
    double last = precision.x(strip.allPrecision());
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      double y = TOP + (i + 1) * pitch;
      double x = precision.x(clause.precision());
      double middle = middle(y);
      Svg.line(last, middle - pitch, x, middle, "step", to);
      last = x;
    }
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      double y = TOP + (i + 1) * pitch;
      if (i == clauses.size() - 1) {
        whisker(strip, precision, middle(y), to);
      }
      String word = i == 0 ? "IF" : "AND";
      row(word, clause.text(), clause.precision(), clause.coverage(), y, precision, coverage, to);
    }
    to.close();
  }

  private double middle(double y) {
    return narrow ? y + 40 : y + 18;
  }

  private void heads(AnchorStrip strip, Scale precision, Scale coverage, double bottom, Markup to) {
    to.open("g", "class", "axis");
    for (double tick : new double[] {0, 0.5, 1}) {
      Svg.line(precision.x(tick), TOP - 6, precision.x(tick), bottom, "grid", to);
      Svg.text(Figures.prose(tick), precision.x(tick), bottom + 15, "middle", "", to);
    }
    Svg.text("precision", precision.x(0), 12, "start", "", to);
    Svg.text("coverage", coverage.x(0), 12, "start", "", to);
    to.close();
    double needed = precision.x(strip.threshold());
    Svg.line(needed, TOP - 6, needed, bottom, "threshold", to);
    Svg.text("needed " + Figures.prose(strip.threshold()), needed, 25, "end", "end", to);
  }

  private void row(
      String word,
      String text,
      double precision,
      double coverage,
      double y,
      Scale precisions,
      Scale coverages,
      Markup to) {
    double middle = middle(y);
    chip(word, text, narrow ? y + 13 : y + 18, to);
    to.empty(
        "circle",
        "class",
        "point",
        "cx",
        Figures.px(precisions.x(precision)),
        "cy",
        Figures.px(middle),
        "r",
        "5");
    Svg.text(Figures.score(precision), precisions.x(1) + 10, middle + 4.5, "start", "figure", to);
    Svg.rect("track", coverages.x(0), middle - 5, coverages.x(1) - coverages.x(0), 10, to);
    Svg.rect("cover", coverages.x(0), middle - 5, coverages.x(coverage) - coverages.x(0), 10, to);
    Svg.text(Figures.score(coverage), coverages.x(1) + 6, middle + 4.5, "start", "figure", to);
  }

  private void chip(String word, String text, double middle, Markup to) {
    double left = 44;
    double most = (narrow ? width : width * 0.46) - left - 20;
    String cut = TextWidth.cut(text, Svg.FONT, most);
    if (word.isEmpty()) {
      Svg.text(text, left, middle + 4.5, "start", "any", to);
      return;
    }
    Svg.text(word, left - 8, middle + 4.5, "end", "word", to);
    to.open("g", "class", "chip").element("title", text);
    to.empty(
        "rect",
        "x",
        Figures.px(left),
        "y",
        Figures.px(middle - 12),
        "width",
        Figures.px(TextWidth.of(cut, Svg.FONT) + 14),
        "height",
        "24",
        "rx",
        "12");
    Svg.text(Svg.isolated(cut), left + 7, middle + 4.5, "start", "", to);
    to.close();
  }

  private static void whisker(AnchorStrip strip, Scale scale, double middle, Markup to) {
    Svg.whisker(scale.x(strip.low()), scale.x(strip.high()), middle, 6, to);
  }
}
