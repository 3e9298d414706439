package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.chart.WaterfallChart;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;

/** Shapley values: the sentence, the picture, the same as a table, and how it was made. */
final class ExplanationView {

  private static final int PAIRS_MAX = 8;

  private ExplanationView() {}

  static void write(ExplanationDocument document, Shown shown, Markup to) {
    to.element("p", document.sentence(), "class", "sentence", "id", shown.prefix() + "sentence");
    to.open("section", "class", "card", "aria-label", "What moved the prediction");
    legend(document.isExact(), to);
    to.open("figure", "class", "wide");
    new WaterfallChart(860, shown.prefix() + "w").draw(document.waterfall(), to);
    to.close().open("figure", "class", "narrow");
    new WaterfallChart(340, shown.prefix() + "n").draw(document.waterfall(), to);
    to.close().close();
    if (!document.pairs().isEmpty()) {
      pairs(document.pairs(), document.isExact(), to);
    }
    table(document, to);
    MadeCard.write(document, shown, to);
  }

  private static void pairs(List<ExplanationDocument.Pair> pairs, boolean exact, Markup to) {
    to.open("section", "class", "card").element("h2", "What two features do only together");
    to.element(
        "p",
        "Beyond what each adds alone. In the attributions above it is shared out between the two.",
        "class",
        "muted");
    to.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Pairs");
    to.open("table", "class", "numbers exact pairs").open("thead").open("tr");
    to.element("th", "Features", "scope", "col");
    to.element("th", "Interaction", "scope", "col", "class", "number");
    if (!exact) {
      to.element("th", "Std. error", "scope", "col", "class", "number");
    }
    to.close().close().open("tbody");
    for (ExplanationDocument.Pair pair : pairs.subList(0, Math.min(PAIRS_MAX, pairs.size()))) {
      to.open("tr").element("th", pair.first() + " \u00d7 " + pair.second(), "scope", "row");
      to.open("td", "class", "number");
      signed(pair.value(), to);
      to.close();
      if (!exact) {
        number(pair.stdError(), to);
      }
      to.close();
    }
    to.close().close().close();
    if (pairs.size() > PAIRS_MAX) {
      to.element(
          "p",
          "The strongest %d of %d pairs.".formatted(PAIRS_MAX, pairs.size()),
          "class",
          "muted");
    }
    to.close();
  }

  private static void legend(boolean exact, Markup to) {
    to.open("p", "class", "legend muted");
    sign("\u25b6", "up", " raises the output", to);
    sign("\u25c0", "down", " lowers it", to);
    if (exact) {
      to.element("span", "exact: no interval is needed");
    } else {
      sign("\u22a2\u22a3", "whisk", " 95 % interval", to);
    }
    to.close();
  }

  private static void sign(String drawn, String kind, String words, Markup to) {
    to.open("span")
        .element("span", drawn, "class", kind, "aria-hidden", "true")
        .text(words)
        .close();
  }

  private static void table(ExplanationDocument document, Markup to) {
    to.open("section", "class", "card").element("h2", "The same in numbers");
    to.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Attributions");
    to.open("table", "class", document.isExact() ? "numbers exact" : "numbers")
        .open("thead")
        .open("tr");
    to.element("th", "Feature", "scope", "col").element("th", "Value", "scope", "col");
    boolean sampled = !document.isExact();
    to.element("th", "Attribution", "scope", "col", "class", "number");
    if (sampled) {
      for (String name : List.of("95 % from", "to", "Std. error")) {
        to.element("th", name, "scope", "col", "class", "number");
      }
    }
    to.close().close().open("tbody");
    sum("average", document.baseline(), sampled, to);
    for (ExplanationDocument.Part part : document.parts()) {
      to.open("tr");
      to.element("th", part.name(), "scope", "row").element("td", part.value());
      to.open("td", "class", "number");
      signed(part.attribution(), to);
      to.close();
      if (sampled) {
        number(part.low(), to);
        number(part.high(), to);
        number(part.stdError(), to);
      }
      to.close();
    }
    sum("prediction", document.prediction(), sampled, to);
    to.close().close().close().close();
  }

  private static void signed(double value, Markup to) {
    String way = value > 0 ? "up" : value < 0 ? "down" : "still";
    String arrow = value > 0 ? "\u25b2" : value < 0 ? "\u25bc" : "";
    to.element("span", arrow, "class", way, "aria-hidden", "true").text(" ");
    exact(value, to);
  }

  private static void sum(String name, double value, boolean sampled, Markup to) {
    to.open("tr", "class", "sum").element("th", name, "scope", "row").element("td", "");
    number(value, to);
    if (sampled) {
      to.element("td", "", "colspan", "3");
    }
    to.close();
  }

  private static void number(double value, Markup to) {
    to.open("td", "class", "number");
    exact(value, to);
    to.close();
  }

  /** Six digits to read; all of them for whoever copies the cell's value. */
  private static void exact(double value, Markup to) {
    String full = Double.toString(value);
    to.element("data", Figures.digits(value), "value", full, "title", full);
  }
}
