package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.RowView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changing values of a row: one call to the model, both answers side by side. */
public final class WhatIfCard {

  /** Nobody types the pixels of an image. */
  private static final int FEATURES_MAX = 60;

  static final Asked NOTHING = new Asked(Map.of(), Optional.empty(), "", -1);

  /**
   * What was asked.
   *
   * @param changes text by column
   * @param said the model's answer
   * @param fault why there is none; empty where nothing went wrong
   * @param column whose text is at fault; -1 for none of them
   */
  public record Asked(
      Map<Integer, String> changes, Optional<RowView> said, String fault, int column) {
    public Asked {
      changes = Map.copyOf(changes);
    }
  }

  private WhatIfCard() {}

  static void write(UUID request, int row, List<RowView> views, Asked asked, Markup to) {
    if (row >= views.size() || views.get(row).features().size() > FEATURES_MAX) {
      return;
    }
    RowView view = views.get(row);
    to.open("section", "class", "card", "id", "what-if").element("h2", "What if");
    to.element(
        "p",
        "Change values and ask the model once. Nobody is served the answer; the log marks it as"
            + " synthetic.",
        "class",
        "muted");
    to.open("sl-what-if")
        .open("form", "class", "what-if", "method", "post", "action", Links.whatIf(request, row));
    for (int c = 0; c < view.features().size(); c++) {
      RowView.NamedValue feature = view.features().get(c);
      to.open("label").element("span", feature.name(), "class", "caption");
      to.empty(
          "input",
          "type",
          "text",
          "name",
          "f" + c,
          "value",
          asked.changes().getOrDefault(c, feature.text()),
          "autocomplete",
          "off");
      to.close();
    }
    to.element("button", "Ask the model", "type", "submit", "class", "quiet").close();
    to.open("div", "role", "status");
    if (!asked.fault().isEmpty()) {
      boolean isNamed = asked.column() >= 0 && asked.column() < view.features().size();
      String name = isNamed ? view.features().get(asked.column()).name() + ": " : "";
      to.element("p", name + asked.fault(), "class", "notice bad");
    }
    asked.said().ifPresent(said -> both(view, said, to));
    to.close().close().close();
  }

  private static void both(RowView was, RowView is, Markup to) {
    to.open("dl", "class", "both");
    to.open("div").element("dt", "As it was sent").element("dd", words(was)).close();
    to.open("div").element("dt", "As it is changed").element("dd", words(is)).close();
    to.close();
  }

  private static String words(RowView view) {
    String answer = view.prediction().isEmpty() ? "no answer" : RequestLine.answer(view);
    return Double.isFinite(view.score())
        ? answer + " (" + Figures.prose(view.score()) + ")"
        : answer;
  }
}
