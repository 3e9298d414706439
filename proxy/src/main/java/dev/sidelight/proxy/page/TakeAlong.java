package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** The explanation as files. */
final class TakeAlong {

  private TakeAlong() {}

  static void write(Document document, Markup to) {
    String at = "/v1/explanations/" + document.id();
    to.open("p", "class", "along").text("Take it along: ");
    to.element("a", "report (HTML)", "href", at + "/report.html");
    switch (document) {
      case ExplanationDocument _ ->
          to.text(", ").element("a", "waterfall (SVG)", "href", at + "/waterfall.svg");
      case AnchorDocument _ -> to.text(", ").element("a", "rule (SVG)", "href", at + "/anchor.svg");
      case CounterfactualDocument _ -> {}
    }
    to.text(", ").element("a", "document (JSON)", "href", at).close();
  }
}
