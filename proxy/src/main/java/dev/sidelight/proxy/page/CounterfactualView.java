package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.CounterfactualDocument.Change;
import dev.sidelight.proxy.page.CounterfactualDocument.Way;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;

/** What would have to be different: the sentence, and each way as a table of changes. */
final class CounterfactualView {

  private CounterfactualView() {}

  static void write(CounterfactualDocument document, Shown shown, Markup to) {
    to.element("p", document.sentence(), "class", "sentence", "id", shown.prefix() + "sentence");
    if (document.ways().isEmpty()) {
      to.open("div", "class", "notice", "role", "note");
      to.element(
          "p",
          "Nothing was found among %s rows of traffic%s."
              .formatted(
                  Figures.count(document.loggedRows()),
                  document.reason().isEmpty() ? "" : ": " + document.reason().replace('_', ' ')));
      to.element("p", "More traffic, or a wider range asked for, may hold one.").close();
    }
    int number = 1;
    for (Way way : document.ways()) {
      way(number++, document.said(), way, shown, to);
    }
    MadeCard.write(document, shown, to);
  }

  private static void way(int number, String now, Way way, Shown shown, Markup to) {
    to.open("section", "class", "card");
    to.element("h2", "%d. Then the model says %s".formatted(number, way.said()));
    to.open(
        "div",
        "class",
        "scroll",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Changes " + number);
    to.open("table", "class", "numbers exact changes").open("thead").open("tr");
    to.element("th", "Feature", "scope", "col").element("th", "Now", "scope", "col");
    to.element("th", "Instead", "scope", "col").close().close().open("tbody");
    for (Change change : way.changes()) {
      to.open("tr").element("th", change.name(), "scope", "row");
      to.element("td", change.from()).open("td").element("strong", change.to()).close().close();
    }
    to.open("tr", "class", "sum").element("th", "prediction", "scope", "row");
    to.element("td", now).element("td", way.said()).close();
    to.close().close().close();
    to.open("p", "class", "muted");
    to.text(
        "%s %s Distance %s: numbers in interquartile ranges, 1 for each other changed value."
            .formatted(
                way.confirmed()
                    ? "The model was asked and said so."
                    : "Not confirmed: asked again, the model did not say so.",
                way.minimal()
                    ? "Every one of the changes is needed."
                    : "A part of the changes may be enough.",
                Figures.prose(way.distance())));
    if (!way.nearest().isEmpty() && shown.inPage()) {
      to.text(" ")
          .element(
              "a",
              "The request these values come from",
              "href",
              Links.REQUESTS + "/" + way.nearest());
    }
    to.close().close();
  }
}
