package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.chart.WaterfallChart;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;
import java.util.UUID;

/** An explanation: the sentence, the picture, the same as a table, and how it was made. */
final class ExplanationView {

  private ExplanationView() {}

  static void write(ExplanationDocument document, UUID request, Visit visit, Markup to) {
    to.element("p", document.sentence(), "class", "sentence", "id", "sentence");
    to.open("section", "class", "card", "aria-label", "What moved the prediction");
    legend(document.isExact(), to);
    to.open("figure", "class", "wide");
    new WaterfallChart(860, "w").draw(document.waterfall(), to);
    to.close().open("figure", "class", "narrow");
    new WaterfallChart(340, "n").draw(document.waterfall(), to);
    to.close().close();
    table(document, to);
    made(document, to);
    to.open("section", "class", "card").element("h2", "Ask for it again");
    to.element(
        "p", "The same row, reference, settings and seed give the same numbers.", "class", "muted");
    Commands.write(command(document, request, visit), to);
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
      String way = part.attribution() > 0 ? "up" : part.attribution() < 0 ? "down" : "still";
      String arrow = part.attribution() > 0 ? "\u25b2" : part.attribution() < 0 ? "\u25bc" : "";
      to.element("span", arrow, "class", way, "aria-hidden", "true").text(" ");
      exact(part.attribution(), to);
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

  private static void made(ExplanationDocument document, Markup to) {
    to.open("section", "class", "card").element("h2", "How it was made");
    to.open("dl", "class", "facts");
    fact("Method", method(document), to);
    fact("Ended", ended(document.stopped()), to);
    fact("Output", document.label().isEmpty() ? "the model's number" : document.label(), to);
    if (!document.link().equals("identity")) {
      fact("Scale", document.link(), to);
    }
    fact(
        "Compared with",
        "%d rows of %s".formatted(document.referenceRows(), origin(document.referenceOrigin())),
        to);
    fact(
        "Model rows",
        "%s asked, %s sent, in %s"
            .formatted(
                Figures.count(document.cost("rowsAsked")),
                Figures.count(document.cost("rowsSent")),
                document.cost("roundTrips") == 1
                    ? "one round trip"
                    : Figures.count(document.cost("roundTrips")) + " round trips"),
        to);
    fact("Took", Figures.duration(document.cost("millis") * 1000), to);
    double sum = document.parts().stream().mapToDouble(ExplanationDocument.Part::attribution).sum();
    fact(
        "Adds up",
        "%s %s = %s"
            .formatted(
                Figures.prose(document.baseline()),
                sum < 0 ? "\u2212 " + Figures.prose(-sum) : "+ " + Figures.prose(sum),
                Figures.prose(document.baseline() + sum)),
        to);
    fact("Seed", Long.toString(document.seed()), to);
    fact("Reference", document.referenceId(), to);
    to.close().close();
  }

  private static String method(ExplanationDocument document) {
    if (document.isExact()) {
      return "Shapley values, exact: every coalition that matters was asked";
    }
    String sampled =
        document.method().equals("exact")
            ? "Shapley values, every coalition asked"
            : "Shapley values (KernelSHAP), from sampled coalitions";
    return document.isDeterministic() ? sampled : sampled + "; the model is not deterministic";
  }

  private static String ended(String stopped) {
    return switch (stopped) {
      case "exact" -> "everything was asked";
      case "converged" -> "the error was small enough";
      case "rows" -> "the rows were spent";
      case "roundTrips" -> "the round trips were spent";
      case "deadline" -> "the time was over; the intervals say how far it came";
      case "cancelled" -> "it was cancelled";
      case "backend" -> "the model failed on the way; the intervals say how far it came";
      default -> stopped;
    };
  }

  private static String origin(String from) {
    return from.equals("log") ? "this model's traffic" : "the reference file";
  }

  private static void fact(String name, String text, Markup to) {
    to.open("div").element("dt", name).element("dd", text).close();
  }

  /** Method, seed and rows as they were: the answer is the same again. */
  private static String command(ExplanationDocument document, UUID request, Visit visit) {
    String body =
        "{\"requestId\":\"%s\",\"row\":%d,\"parameters\":{\"mode\":\"%s\",\"seed\":%d,\"rowsMax\":%d}}"
            .formatted(
                request, document.row(), document.mode(), document.seed(), document.rowsMax());
    return "curl -s %s/v1/explanations -H 'Content-Type: application/json' \\\n  -d %s"
        .formatted(visit.managementUrl(), Commands.quoted(body));
  }
}
