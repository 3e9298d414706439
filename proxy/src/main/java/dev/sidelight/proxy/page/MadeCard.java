package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/** How an explanation was made, whatever its kind, and the command that makes it again. */
final class MadeCard {

  private MadeCard() {}

  static void write(Document document, Shown shown, Markup to) {
    to.open("section", "class", "card").element("h2", "How it was made");
    to.open("dl", "class", "facts");
    fact("Method", document.longName(), to);
    fact("Ended", ended(document), to);
    fact("Output", document.label().isEmpty() ? "the model's number" : document.label(), to);
    if (document instanceof ExplanationDocument attribution
        && !attribution.link().equals("identity")) {
      fact("Scale", attribution.link(), to);
    }
    fact(
        "Compared with",
        "%s rows of %s"
            .formatted(Figures.count(document.referenceRows()), origin(document.referenceOrigin())),
        to);
    fact("Model rows", cost(document), to);
    fact("Took", Figures.duration(document.cost("millis") * 1000), to);
    if (document instanceof ExplanationDocument attribution) {
      fact("Adds up", sum(attribution), to);
    }
    fact("Seed", Long.toString(document.seed()), to);
    fact("Reference", document.referenceId(), to);
    to.close().close();
    to.open("section", "class", "card").element("h2", "Ask for it again");
    to.element(
        "p", "The same row, reference, settings and seed give the same numbers.", "class", "muted");
    Commands.write(command(document, shown), to);
    to.close();
  }

  private static String cost(Document document) {
    return "%s asked, %s sent, in %s"
        .formatted(
            Figures.count(document.cost("rowsAsked")),
            Figures.count(document.cost("rowsSent")),
            document.cost("roundTrips") == 1
                ? "one round trip"
                : Figures.count(document.cost("roundTrips")) + " round trips");
  }

  private static String sum(ExplanationDocument document) {
    double sum = document.parts().stream().mapToDouble(ExplanationDocument.Part::attribution).sum();
    return "%s %s = %s"
        .formatted(
            Figures.prose(document.baseline()),
            sum < 0 ? "\u2212 " + Figures.prose(-sum) : "+ " + Figures.prose(sum),
            Figures.prose(document.baseline() + sum));
  }

  private static String ended(Document document) {
    String stopped = document.stopped();
    if (stopped.equals("converged") && !(document instanceof ExplanationDocument)) {
      return "it was found";
    }
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

  /** Method, seed and budget as they were: the answer is the same again. */
  private static String command(Document document, Shown shown) {
    String method =
        document.methodWord().equals("shap") ? "" : "\"method\":\"" + document.methodWord() + "\",";
    String question =
        shown.request().isPresent()
            ? "\"requestId\":\"" + shown.request().get() + "\",\"row\":" + document.row()
            : "\"model\":\"" + document.modelName() + "\",\"body\":ROW";
    return "curl -s %s/v1/explanations -H 'Content-Type: application/json' \\\n  -d %s"
        .formatted(
            shown.address(),
            Commands.quoted(
                "{%s,%s\"parameters\":{%s}}".formatted(question, method, document.parameters())));
  }
}
