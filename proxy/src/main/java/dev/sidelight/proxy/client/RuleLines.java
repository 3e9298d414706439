package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import java.util.ArrayList;
import java.util.List;

/** Anchors as IF and THEN; counterfactuals as changes. */
final class RuleLines {

  private final TextStyle style;

  RuleLines(TextStyle style) {
    this.style = style;
  }

  List<String> anchor(JsonNode document) {
    List<String> lines = new ArrayList<>();
    JsonNode predicates = document.path("predicates");
    String word = "IF    ";
    for (JsonNode predicate : predicates) {
      lines.add(cut(word + Plain.text(predicate.path("text").asText())));
      word = "  AND ";
    }
    if (predicates.isEmpty()) {
      lines.add("IF    anything");
    }
    lines.add(cut("THEN  " + answer(document)));
    lines.add("");
    lines.add(
        cut(
            "precision %s, at least %s; asked for %s"
                .formatted(
                    Figures.score(document.path("precision").asDouble()),
                    Figures.score(document.path("precisionLowerBound").asDouble()),
                    Figures.prose(document.path("threshold").asDouble()))));
    lines.add(
        cut(
            "coverage  %s of %s"
                .formatted(
                    Figures.score(document.path("coverage").asDouble()),
                    Plain.text(document.path("coverageOf").asText()))));
    if (!document.path("success").asBoolean(true)) {
      lines.add(cut("no anchor: " + Plain.text(document.path("reason").asText())));
      if (document.hasNonNull("hint")) {
        lines.add(cut(Plain.text(document.get("hint").asText())));
      }
    }
    return lines;
  }

  private static String answer(JsonNode document) {
    String label = Plain.text(document.at("/target/label").asText());
    String output = Plain.text(document.at("/target/output").asText());
    String value = Figures.prose(document.path("prediction").asDouble());
    return label.isEmpty() ? output + " is " + value : label + " (" + value + ")";
  }

  List<String> changes(JsonNode document) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (JsonNode answer : document.path("answers")) {
      number++;
      lines.add(
          cut(
              "%d. says %s, distance %s%s"
                  .formatted(
                      number,
                      said(answer.path("prediction")),
                      Figures.prose(answer.path("distance").asDouble()),
                      answer.path("confirmed").asBoolean(true) ? "" : ", not confirmed")));
      int names = 0;
      for (JsonNode change : answer.path("changes")) {
        names = Math.max(names, Plain.width(Plain.text(change.path("name").asText())));
      }
      for (JsonNode change : answer.path("changes")) {
        lines.add(
            cut(
                "   %s  %s → %s"
                    .formatted(
                        Plain.left(Plain.text(change.path("name").asText()), names),
                        Plain.text(change.path("from").asText()),
                        Plain.text(change.path("to").asText()))));
      }
    }
    if (number == 0) {
      lines.add(cut("no change found: " + Plain.text(document.path("reason").asText())));
    }
    return lines;
  }

  private static String said(JsonNode prediction) {
    String value = Figures.prose(prediction.path("value").asDouble());
    String label = Plain.text(prediction.path("label").asText());
    return label.isEmpty() ? value : label + " (" + value + ")";
  }

  private String cut(String line) {
    return Plain.cut(line, style.columns());
  }
}
