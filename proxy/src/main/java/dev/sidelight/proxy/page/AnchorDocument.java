package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.chart.AnchorStrip;
import java.util.ArrayList;
import java.util.List;

/** A rule that holds the answer in place, or the best that was found; also a given rule's audit. */
final class AnchorDocument extends Document {

  AnchorDocument(JsonNode root) {
    super(root);
  }

  @Override
  String shortName() {
    return methodWord().equals("rule") ? "rule" : "anchor";
  }

  @Override
  String longName() {
    return methodWord().equals("rule")
        ? "A given rule, its precision measured"
        : "Anchor: a search for the widest rule that holds the answer";
  }

  @Override
  String parameters() {
    return "\"seed\":%d,\"roundTripsMax\":%d,\"threshold\":%s"
        .formatted(
            seed(),
            root.path("reproduce").path("budget").path("roundTripsMax").asLong(1),
            threshold());
  }

  boolean success() {
    return root.path("success").asBoolean();
  }

  /** Why there is none; empty where there is one. */
  String reason() {
    return root.path("reason").asText();
  }

  String hint() {
    return root.path("hint").asText();
  }

  List<AnchorStrip.Clause> clauses() {
    List<AnchorStrip.Clause> clauses = new ArrayList<>();
    for (JsonNode each : root.path("predicates")) {
      clauses.add(
          new AnchorStrip.Clause(
              each.path("text").asText(),
              each.path("precision").asDouble(),
              each.path("coverage").asDouble()));
    }
    return clauses;
  }

  AnchorStrip strip() {
    return new AnchorStrip(
        root.path("allPrecision").asDouble(), clauses(), threshold(), low(), high());
  }

  /** What the rule says of the answer. */
  String answer() {
    return label().isEmpty()
        ? dev.sidelight.proxy.page.markup.Figures.prose(root.path("prediction").asDouble())
        : label();
  }

  double precision() {
    return root.path("precision").asDouble();
  }

  double low() {
    return root.path("precisionInterval").path(0).asDouble(precision());
  }

  double high() {
    return root.path("precisionInterval").path(1).asDouble(precision());
  }

  double lowerBound() {
    return root.path("precisionLowerBound").asDouble();
  }

  long precisionRows() {
    return root.path("precisionRows").asLong();
  }

  double threshold() {
    return root.path("threshold").asDouble();
  }

  double coverage() {
    return root.path("coverage").asDouble();
  }

  String coverageOf() {
    return root.path("coverageOf").asText();
  }

  /** The chance that the true precision is not above the threshold, although it is certified. */
  double delta() {
    return root.path("delta").asDouble(Double.NaN);
  }

  /**
   * Rows in which the rule holds.
   *
   * @param kind {@code same} answer or {@code other}
   */
  List<List<String>> examples(String kind) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : root.path("examples").path(kind)) {
      List<String> values = new ArrayList<>();
      row.forEach(value -> values.add(value(value)));
      rows.add(values);
    }
    return rows;
  }
}
