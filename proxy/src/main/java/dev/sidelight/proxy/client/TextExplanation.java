package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import java.util.ArrayList;
import java.util.List;

/** A native document as lines of text. Deterministic. */
public final class TextExplanation {

  private final TextStyle style;

  public TextExplanation(TextStyle style) {
    this.style = style;
  }

  /**
   * @param document of one row
   */
  public List<String> lines(JsonNode document) {
    List<String> lines = new ArrayList<>();
    if (document.has("error")) {
      lines.add(
          Plain.text(document.at("/error/detail").asText())
              + " ("
              + Plain.text(document.at("/error/code").asText())
              + ")");
      return lines;
    }
    wrapped(Plain.text(document.path("sentence").asText()))
        .forEach(line -> lines.add(style.strong(line)));
    lines.add("");
    switch (document.path("kind").asText()) {
      case "attribution" -> lines.addAll(new EffectLines(style).of(document));
      case "anchor" -> lines.addAll(new RuleLines(style).anchor(document));
      case "counterfactual" -> lines.addAll(new RuleLines(style).changes(document));
      default -> lines.add(Plain.text(document.toString()));
    }
    lines.add("");
    wrapped(footer(document)).forEach(line -> lines.add(style.faint(line)));
    return lines;
  }

  /** Breaks at blanks; a word that is too long is cut. */
  private List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty()
          && Plain.width(line.toString()) + 1 + Plain.width(word) > style.columns()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(Plain.cut(word, style.columns()));
    }
    lines.add(line.toString());
    return lines;
  }

  private static String footer(JsonNode document) {
    JsonNode cost = document.path("cost");
    StringBuilder text = new StringBuilder();
    String method = Plain.text(document.path("method").asText());
    String stopped = stopped(document);
    text.append(method).append(method.equals(stopped) ? "" : ", " + stopped);
    text.append("; ").append(Figures.count(cost.path("rowsAsked").asLong())).append(" rows in ");
    long trips = cost.path("roundTrips").asLong();
    text.append(trips).append(trips == 1 ? " round trip, " : " round trips, ");
    text.append(Figures.duration(cost.path("millis").asLong() * 1000));
    text.append("; compared with ");
    text.append(Figures.count(document.at("/reference/rows").asLong())).append(" rows of ");
    text.append(document.at("/reference/from").asText().equals("file") ? "a file" : "traffic");
    text.append("; seed ").append(document.path("seed").asText());
    text.append("; ").append(Plain.text(document.path("id").asText()));
    return text.toString();
  }

  private static String stopped(JsonNode document) {
    return switch (document.path("stopped").asText()) {
      case "exact" -> "exact";
      case "converged" ->
          document.path("kind").asText().equals("attribution")
              ? "as good as was asked for"
              : "found";
      case "rows", "roundTrips" -> "cut: the budget is spent";
      case "deadline" -> "cut: the time is over";
      case "cancelled" -> "cut: stopped by hand";
      case "backend" -> "cut: the model server failed";
      default -> Plain.text(document.path("stopped").asText());
    };
  }
}
