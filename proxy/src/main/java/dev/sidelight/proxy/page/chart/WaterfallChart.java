package dev.sidelight.proxy.page.chart;

import dev.sidelight.proxy.page.chart.Waterfall.Bar;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;

/**
 * Average to prediction, one arrow per feature, with 95 % whiskers. Raising arrows point right;
 * lowering ones point left and are hatched, so that nothing hangs on colour. Below 520 pixels the
 * names stand above their arrows.
 */
public final class WaterfallChart {

  private static final double BAR = 18;
  private static final double TIP = 7;
  private static final double TOP = 30;
  private static final double FIGURE = 66; // room for a number beside an arrow

  private final int width;
  private final String id;
  private final boolean narrow;

  /**
   * @param width in pixels, 320 to 1600
   * @param id begins the ids inside; another one for each chart of a page
   */
  public WaterfallChart(int width, String id) {
    Svg.requireWidth(width);
    this.width = width;
    this.id = id;
    this.narrow = width < Svg.NARROW;
  }

  /** Adds the {@code svg} element. */
  public void draw(Waterfall waterfall, Markup to) {
    List<Bar> bars = waterfall.shown();
    double names = narrow ? 0 : width * 0.36;
    double pitch = narrow ? 44 : 30;
    double height = TOP + bars.size() * pitch + 48;
    Scale scale = scale(waterfall, bars, names);
    Svg.open("waterfall", width, height, id, to);
    describe(waterfall, to);
    axis(scale, TOP + bars.size() * pitch + 6, to);
    ends(waterfall, scale, TOP + bars.size() * pitch + 6, to);
    int decimals = Figures.decimals(bars.isEmpty() ? 1 : bars.get(0).phi());
    double from = waterfall.baseline();
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = TOP + i * pitch;
      name(bar, names, y, to);
      double next = i + 1 < bars.size() ? pitch : 0;
      Box box = new Box(narrow ? y + 20 : y + 6, next, decimals);
      arrow(bar, from, scale, box, to);
      from += bar.phi();
    }
    to.close();
  }

  private Scale scale(Waterfall waterfall, List<Bar> bars, double names) {
    double low = Math.min(waterfall.baseline(), waterfall.prediction());
    double high = Math.max(waterfall.baseline(), waterfall.prediction());
    double from = waterfall.baseline();
    for (Bar bar : bars) {
      low = Math.min(low, from + Math.min(bar.phi(), bar.low()));
      high = Math.max(high, from + Math.max(bar.phi(), bar.high()));
      from += bar.phi();
    }
    double left = names + FIGURE;
    return new Scale(low, high, left, width - left - FIGURE);
  }

  private void describe(Waterfall waterfall, Markup to) {
    Svg.describe(
        id,
        "What moved the average to the prediction",
        "From %s to %s over %d features; the table holds every number."
            .formatted(
                Figures.prose(waterfall.baseline()),
                Figures.prose(waterfall.prediction()),
                waterfall.bars().size()),
        to);
    to.open("defs")
        .open(
            "pattern",
            "id",
            id + "-h",
            "width",
            "5",
            "height",
            "5",
            "patternUnits",
            "userSpaceOnUse",
            "patternTransform",
            "rotate(45)")
        .empty("rect", "class", "hatch", "width", "1.5", "height", "5")
        .close()
        .close();
  }

  private static void axis(Scale scale, double y, Markup to) {
    to.open("g", "class", "axis");
    for (double tick : scale.ticks()) {
      Svg.line(scale.x(tick), TOP, scale.x(tick), y, "grid", to);
      Svg.text(Figures.prose(tick), scale.x(tick), y + 14, "middle", "", to);
    }
    to.close();
  }

  /** The average above, the prediction below, a line through the chart for each. */
  private void ends(Waterfall waterfall, Scale scale, double bottom, Markup to) {
    double average = scale.x(waterfall.baseline());
    double prediction = scale.x(waterfall.prediction());
    Svg.line(average, 20, average, bottom, "average", to);
    Svg.line(prediction, TOP, prediction, bottom + 22, "prediction", to);
    label("average " + Figures.prose(waterfall.baseline()), average, 14, to);
    label("prediction " + Figures.prose(waterfall.prediction()), prediction, bottom + 36, to);
  }

  private void label(String text, double x, double y, Markup to) {
    double half = TextWidth.of(text, Svg.FONT) / 2 + 2;
    double inside = Math.max(half, Math.min(width - half, x));
    Svg.text(text, inside, y, "middle", "end", to);
  }

  private void name(Bar bar, double names, double y, Markup to) {
    double room = narrow ? width - 8 : names - 14;
    String full = bar.value().isEmpty() ? bar.name() : bar.name() + " = " + bar.value();
    double valueRoom = bar.value().isEmpty() ? 0 : room * 0.45;
    String value = TextWidth.cut(bar.value(), Svg.FONT, valueRoom);
    String tail = value.isEmpty() ? "" : " = " + Svg.isolated(value);
    String name = TextWidth.cut(bar.name(), Svg.FONT, room - TextWidth.of(tail, Svg.FONT));
    to.open(
            "text",
            "class",
            "name",
            "x",
            Figures.px(narrow ? 4 : names - 8),
            "y",
            Figures.px(narrow ? y + 14 : y + 20),
            "text-anchor",
            narrow ? "start" : "end")
        .element("title", full)
        .text(Svg.isolated(name));
    if (!tail.isEmpty()) {
      to.element("tspan", tail, "class", "value");
    }
    to.close();
  }

  /**
   * Where an arrow stands.
   *
   * @param y its upper edge
   * @param next how far below the next one begins; 0 for none
   * @param decimals of its number: the same for all, as the largest needs them
   */
  private record Box(double y, double next, int decimals) {}

  private void arrow(Bar bar, double from, Scale scale, Box box, Markup to) {
    double y = box.y();
    double start = scale.x(from);
    double end = scale.x(from + bar.phi());
    double middle = y + BAR / 2;
    String sign = bar.phi() > 0 ? "raises" : bar.phi() < 0 ? "lowers" : "nothing";
    to.open("g", "class", sign);
    if (bar.phi() != 0) {
      String points = points(start, end, y);
      to.empty("polygon", "points", points);
      if (bar.phi() < 0) {
        to.empty("polygon", "class", "hatched", "points", points, "fill", "url(#" + id + "-h)");
      }
    }
    if (box.next() > 0) {
      Svg.line(end, y + BAR, end, y + box.next(), "link", to);
    }
    double low = scale.x(from + bar.low());
    double high = scale.x(from + bar.high());
    if (bar.low() < bar.high()) {
      Svg.whisker(low, high, middle, 4, to);
    }
    boolean right = bar.phi() >= 0;
    double edge = right ? Math.max(end, high) + 6 : Math.min(end, low) - 6;
    String figure = Figures.signed(bar.phi(), box.decimals());
    Svg.text(figure, edge, middle + 4.5, right ? "start" : "end", "figure", to);
    to.close();
  }

  /** A bar with a tip towards its end. */
  private static String points(double start, double end, double y) {
    double tip = Math.min(TIP, Math.abs(end - start)) * Math.signum(end - start);
    String top = Figures.px(y);
    String low = Figures.px(y + BAR);
    String neck = Figures.px(end - tip);
    return "%s,%s %s,%s %s,%s %s,%s %s,%s"
        .formatted(
            Figures.px(start),
            top,
            neck,
            top,
            Figures.px(end),
            Figures.px(y + BAR / 2),
            neck,
            low,
            Figures.px(start),
            low);
  }
}
