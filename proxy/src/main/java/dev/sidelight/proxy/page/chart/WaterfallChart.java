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

  private static final double FONT = 13;
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
    if (width < 320 || width > 1600) {
      throw new IllegalArgumentException("a chart's width must be in [320, 1600], got " + width);
    }
    this.width = width;
    this.id = id;
    this.narrow = width < 520;
  }

  /** Adds the {@code svg} element. */
  public void draw(Waterfall waterfall, Markup to) {
    List<Bar> bars = waterfall.shown();
    double names = narrow ? 0 : width * 0.36;
    double pitch = narrow ? 44 : 30;
    double height = TOP + bars.size() * pitch + 48;
    Scale scale = scale(waterfall, bars, names);
    to.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + width + " " + Figures.px(height),
        "class",
        "chart waterfall",
        "role",
        "img",
        "aria-labelledby",
        id + "-t " + id + "-d",
        "font-size",
        Figures.px(FONT));
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
    to.element("title", "What moved the average to the prediction", "id", id + "-t");
    to.element(
        "desc",
        "From "
            + Figures.prose(waterfall.baseline())
            + " to "
            + Figures.prose(waterfall.prediction())
            + " over "
            + waterfall.bars().size()
            + " features; the table holds every number.",
        "id",
        id + "-d");
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
      String x = Figures.px(scale.x(tick));
      line(x, Figures.px(TOP), x, Figures.px(y), "grid", to);
      to.element(
          "text", Figures.prose(tick), "x", x, "y", Figures.px(y + 14), "text-anchor", "middle");
    }
    to.close();
  }

  /** The average above, the prediction below, a line through the chart for each. */
  private void ends(Waterfall waterfall, Scale scale, double bottom, Markup to) {
    double average = scale.x(waterfall.baseline());
    double prediction = scale.x(waterfall.prediction());
    line(Figures.px(average), "20", Figures.px(average), Figures.px(bottom), "average", to);
    line(
        Figures.px(prediction),
        Figures.px(TOP),
        Figures.px(prediction),
        Figures.px(bottom + 22),
        "prediction",
        to);
    label("average " + Figures.prose(waterfall.baseline()), average, 14, to);
    label("prediction " + Figures.prose(waterfall.prediction()), prediction, bottom + 36, to);
  }

  private void label(String text, double x, double y, Markup to) {
    double half = TextWidth.of(text, FONT) / 2 + 2;
    double inside = Math.max(half, Math.min(width - half, x));
    to.element(
        "text",
        text,
        "class",
        "end",
        "x",
        Figures.px(inside),
        "y",
        Figures.px(y),
        "text-anchor",
        "middle");
  }

  private void name(Bar bar, double names, double y, Markup to) {
    double room = narrow ? width - 8 : names - 14;
    String full = bar.value().isEmpty() ? bar.name() : bar.name() + " = " + bar.value();
    double valueRoom = bar.value().isEmpty() ? 0 : room * 0.45;
    String value = TextWidth.cut(bar.value(), FONT, valueRoom);
    String tail = value.isEmpty() ? "" : " = " + isolated(value);
    String name = TextWidth.cut(bar.name(), FONT, room - TextWidth.of(tail, FONT));
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
        .text(isolated(name));
    if (!tail.isEmpty()) {
      to.element("tspan", tail, "class", "value");
    }
    to.close();
  }

  /** Right-to-left words keep to themselves, so that the sign and the value stay where they are. */
  private static String isolated(String text) {
    boolean rightToLeft =
        text.codePoints()
            .map(Character::getDirectionality)
            .anyMatch(
                d ->
                    d == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || d == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    return rightToLeft ? "\u2068" + text + "\u2069" : text;
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
    String x = Figures.px(end);
    if (box.next() > 0) {
      line(x, Figures.px(y + BAR), x, Figures.px(y + box.next()), "link", to);
    }
    double low = scale.x(from + bar.low());
    double high = scale.x(from + bar.high());
    if (bar.low() < bar.high()) {
      String at = Figures.px(middle);
      line(Figures.px(low), at, Figures.px(high), at, "whisker", to);
      cap(low, middle, to);
      cap(high, middle, to);
    }
    boolean right = bar.phi() >= 0;
    double edge = right ? Math.max(end, high) + 6 : Math.min(end, low) - 6;
    to.element(
        "text",
        Figures.signed(bar.phi(), box.decimals()),
        "class",
        "figure",
        "x",
        Figures.px(edge),
        "y",
        Figures.px(middle + 4.5),
        "text-anchor",
        right ? "start" : "end");
    to.close();
  }

  private static void cap(double x, double middle, Markup to) {
    String at = Figures.px(x);
    line(at, Figures.px(middle - 4), at, Figures.px(middle + 4), "whisker", to);
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

  private static void line(String x1, String y1, String x2, String y2, String kind, Markup to) {
    to.empty("line", "class", kind, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }
}
