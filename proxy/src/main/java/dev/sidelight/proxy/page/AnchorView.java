package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.chart.AnchorChart;
import dev.sidelight.proxy.page.chart.AnchorStrip;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;

/** A rule: IF ... THEN, how sure it is, how it grew, and rows in which it holds. */
final class AnchorView {

  private static final int EXAMPLES_MAX = 5;

  private AnchorView() {}

  static void write(AnchorDocument document, Shown shown, Markup to) {
    rule(document, shown, to);
    if (!document.success()) {
      failure(document, to);
    }
    to.open("section", "class", "card", "aria-label", "How the rule grew");
    to.open("figure", "class", "wide");
    new AnchorChart(860, shown.prefix() + "w").draw(document.strip(), to);
    to.close().open("figure", "class", "narrow");
    new AnchorChart(340, shown.prefix() + "n").draw(document.strip(), to);
    to.close().close();
    table(document, to);
    examples(
        "Rows in which the rule holds and the model says the same", "same", document, shown, to);
    examples(
        "Rows in which the rule holds and the model says something else",
        "other",
        document,
        shown,
        to);
    MadeCard.write(document, shown, to);
  }

  private static void rule(AnchorDocument document, Shown shown, Markup to) {
    to.open("p", "class", "sentence rule", "id", shown.prefix() + "sentence");
    List<AnchorStrip.Clause> clauses = document.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      to.element("span", i == 0 ? "IF" : "AND", "class", "word").text(" ");
      to.element("span", clauses.get(i).text(), "class", "clause").text(" ");
    }
    to.element("span", clauses.isEmpty() ? "Whatever the row:" : "THEN", "class", "word").text(" ");
    to.element("strong", document.answer());
    to.close();
    to.element(
        "p",
        "precision %s [%s, %s], coverage %s"
            .formatted(
                Figures.prose(document.precision()),
                Figures.prose(document.low()),
                Figures.prose(document.high()),
                Figures.prose(document.coverage())),
        "class",
        "certificate");
    to.element(
        "p",
        "Where the rule holds, the model says the same in %s of the cases (%s were asked; at least %s is %s). The rule holds in %s of %s."
            .formatted(
                Figures.share(document.precision()),
                Figures.count(document.precisionRows()),
                Figures.share(document.lowerBound()),
                document.success() ? "certified" : "sure",
                Figures.share(document.coverage()),
                document.coverageOf()),
        "class",
        "muted");
  }

  private static void failure(AnchorDocument document, Markup to) {
    to.open("div", "class", "notice bad", "role", "note");
    to.open("p")
        .element(
            "strong",
            "No rule was certified at precision " + Figures.prose(document.threshold()) + ".")
        .text(" This is the best that was found, not a guarantee. ")
        .text(document.reason().isEmpty() ? "" : "Reason: " + words(document.reason()) + ".")
        .close();
    if (!document.hint().isEmpty()) {
      to.element("p", document.hint());
    }
    to.close();
  }

  private static String words(String reason) {
    return reason
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .replace('_', ' ')
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static void table(AnchorDocument document, Markup to) {
    to.open("section", "class", "card").element("h2", "The same in numbers");
    to.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Conditions");
    to.open("table", "class", "numbers").open("thead").open("tr");
    to.element("th", "Condition", "scope", "col");
    to.element("th", "Precision after it", "scope", "col", "class", "number");
    to.element("th", "Coverage after it", "scope", "col", "class", "number");
    to.close().close().open("tbody");
    line("any row", document.strip().allPrecision(), 1, to);
    for (AnchorStrip.Clause clause : document.clauses()) {
      line(clause.text(), clause.precision(), clause.coverage(), to);
    }
    to.close().close().close();
    if (document.success() && !Double.isNaN(document.delta())) {
      to.element(
          "p",
          "Certified: the chance that the true precision is not above %s is at most %s, over the random draws of this explanation."
              .formatted(Figures.prose(document.threshold()), Figures.share(document.delta())),
          "class",
          "muted");
    }
    to.close();
  }

  private static void line(String text, double precision, double coverage, Markup to) {
    to.open("tr").element("th", text, "scope", "row");
    for (double value : new double[] {precision, coverage}) {
      String full = Double.toString(value);
      to.open("td", "class", "number")
          .element("data", Figures.digits(value), "value", full, "title", full)
          .close();
    }
    to.close();
  }

  private static void examples(
      String title, String kind, AnchorDocument document, Shown shown, Markup to) {
    List<List<String>> rows = document.examples(kind);
    if (rows.isEmpty()) {
      return;
    }
    to.open("section", "class", "card").element("h2", title);
    to.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
    to.open("table", "class", "numbers examples");
    if (shown.features().size() == rows.get(0).size()) {
      to.open("thead").open("tr");
      shown.features().forEach(feature -> to.element("th", feature.name(), "scope", "col"));
      to.close().close();
    }
    to.open("tbody");
    for (List<String> row : rows.subList(0, Math.min(EXAMPLES_MAX, rows.size()))) {
      to.open("tr");
      row.forEach(value -> to.element("td", value));
      to.close();
    }
    to.close().close().close().close();
  }
}
