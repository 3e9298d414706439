package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import java.util.ArrayList;
import java.util.List;

/** Small changes after which the model says something else. */
final class CounterfactualDocument extends Document {

  /** One feature, changed. */
  record Change(String name, String from, String to) {}

  /**
   * One way out.
   *
   * @param nearest the logged request whose values it takes; empty for none
   */
  record Way(
      List<Change> changes,
      String said,
      double distance,
      boolean confirmed,
      boolean minimal,
      String nearest) {}

  CounterfactualDocument(JsonNode root) {
    super(root);
  }

  @Override
  String shortName() {
    return "counterfactual";
  }

  @Override
  String longName() {
    return "Counterfactuals: values of real traffic, asked of the model again";
  }

  @Override
  String parameters() {
    return "\"seed\":%d,\"roundTripsMax\":%d"
        .formatted(seed(), root.path("reproduce").path("budget").path("roundTripsMax").asLong(1));
  }

  String reason() {
    return root.path("reason").asText();
  }

  @Override
  String label() {
    return root.path("prediction").path("label").asText();
  }

  String said() {
    return said(root.path("prediction"));
  }

  long loggedRows() {
    return root.path("loggedRows").asLong();
  }

  List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (JsonNode each : root.path("answers")) {
      List<Change> changes = new ArrayList<>();
      for (JsonNode change : each.path("changes")) {
        changes.add(
            new Change(
                change.path("name").asText(),
                value(change.path("from")),
                value(change.path("to"))));
      }
      ways.add(
          new Way(
              changes,
              said(each.path("prediction")),
              each.path("distance").asDouble(),
              each.path("confirmed").asBoolean(),
              each.path("minimal").asBoolean(),
              each.path("nearestRequestId").asText()));
    }
    return ways;
  }

  private static String said(JsonNode prediction) {
    String value = Figures.prose(prediction.path("value").asDouble());
    String label = prediction.path("label").asText();
    return label.isEmpty() ? value : label + " (" + value + ")";
  }
}
