package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.ImportanceDocument.Feature;
import dev.sidelight.proxy.page.ImportanceDocument.Point;
import dev.sidelight.proxy.page.chart.BarChart;
import dev.sidelight.proxy.page.chart.Swarm;
import dev.sidelight.proxy.page.chart.SwarmChart;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What mattered over many requests: the sentence, bars, a swarm of dots, the same as a table. */
final class ImportanceView {

  private ImportanceView() {}

  static void write(ImportanceDocument document, Markup to) {
    to.element("p", sentence(document), "class", "sentence", "id", "sentence");
    if (!document.isComplete()) {
      to.element("p", "It was stopped before all requests were explained.", "class", "notice");
    }
    to.open("section", "class", "card").element("h2", "Mean size of each feature's part");
    legend(to);
    to.open("figure", "class", "wide");
    new BarChart(860, "bw").draw(document.bars(), to);
    to.close().open("figure", "class", "narrow");
    new BarChart(340, "bn").draw(document.bars(), to);
    to.close().close();
    to.open("section", "class", "card").element("h2", "Request by request");
    to.element(
        "p",
        "One dot a row. Right of the line the feature raised the output, left of it it lowered it;"
            + " of a classifier, the output is the score of the class that it chose for that row."
            + " Dark dots have large values, light ones small values, grey ones values without an"
            + " order. A dot leads to its request.",
        "class",
        "muted");
    Swarm swarm = swarm(document);
    to.open("figure", "class", "wide");
    new SwarmChart(860, "sw", /* linked= */ true).draw(swarm, to);
    to.close().open("figure", "class", "narrow");
    new SwarmChart(340, "sn", /* linked= */ false).draw(swarm, to);
    to.close().close();
    table(document, to);
  }

  private static String sentence(ImportanceDocument document) {
    List<Feature> features = document.features();
    if (features.isEmpty()) {
      return "Nothing was explained.";
    }
    Feature first = features.get(0);
    String then =
        features.size() > 1
            ? ", then %s (%s)"
                .formatted(features.get(1).name(), Figures.prose(features.get(1).meanAbs()))
            : "";
    long noise = features.stream().filter(f -> !f.isAboveNoise()).count();
    return "Over %s explained rows, %s moved the output most: by %s on average (%s to %s)%s. %s"
        .formatted(
            Figures.count(document.explained()),
            first.name(),
            Figures.prose(first.meanAbs()),
            Figures.prose(first.low()),
            Figures.prose(first.high()),
            then,
            noise == 0
                ? "All of them stand out from the noise."
                : noise + " of " + features.size() + " cannot be told from the noise.");
  }

  private static void legend(Markup to) {
    to.open("p", "class", "legend muted");
    to.element("span", "whiskers: 95 % interval over the requests");
    to.element("span", "dotted mark: noise floor, below it a size cannot be told from zero");
    to.close();
  }

  static Swarm swarm(ImportanceDocument document) {
    return new Swarm(
        document.features().stream()
            .map(feature -> new Swarm.Row(feature.name(), dots(feature)))
            .toList());
  }

  private static List<Swarm.Dot> dots(Feature feature) {
    double[] sorted =
        feature.points().stream().mapToDouble(Point::value).filter(v -> !Double.isNaN(v)).toArray();
    Arrays.sort(sorted);
    List<Swarm.Dot> dots = new ArrayList<>();
    for (Point point : feature.points()) {
      String said =
          "%s = %s added %s"
              .formatted(feature.name(), point.text(), Figures.prose(point.attribution()));
      dots.add(new Swarm.Dot(point.attribution(), shade(point.value(), sorted), link(point), said));
    }
    return dots;
  }

  /** Share of values below, those equal counted by half. */
  private static double shade(double value, double[] sorted) {
    if (Double.isNaN(value) || sorted.length == 0) {
      return Double.NaN;
    }
    long below = Arrays.stream(sorted).filter(v -> v < value).count();
    long equal = Arrays.stream(sorted).filter(v -> v == value).count();
    return (below + equal / 2.0) / sorted.length;
  }

  private static String link(Point point) {
    try {
      return Links.request(UUID.fromString(point.request()), point.row());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void table(ImportanceDocument document, Markup to) {
    to.open("section", "class", "card").element("h2", "The same in numbers");
    to.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Importance");
    to.open("table", "class", "numbers").open("thead").open("tr");
    to.element("th", "Feature", "scope", "col");
    for (String head : List.of("Mean size", "95 % from", "to", "Mean", "Noise floor")) {
      to.element("th", head, "scope", "col", "class", "number");
    }
    to.element("th", "Largest in", "scope", "col").close().close().open("tbody");
    for (Feature feature : document.features()) {
      to.open("tr", "class", feature.isAboveNoise() ? "" : "noise");
      to.element("th", feature.name(), "scope", "row");
      for (double value :
          new double[] {
            feature.meanAbs(), feature.low(), feature.high(), feature.mean(), feature.floor()
          }) {
        String full = Double.toString(value);
        to.open("td", "class", "number")
            .element("data", Figures.digits(value), "value", full, "title", full)
            .close();
      }
      to.open("td");
      feature.points().stream()
          .max(Comparator.comparingDouble(point -> Math.abs(point.attribution())))
          .filter(point -> !link(point).isEmpty())
          .ifPresent(
              point ->
                  to.element(
                      "a",
                      "%s = %s: %s"
                          .formatted(
                              feature.name(), point.text(), Figures.prose(point.attribution())),
                      "href",
                      link(point)));
      to.close().close();
    }
    to.close().close().close().close();
  }
}
