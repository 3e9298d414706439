package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.chart.Bars;
import dev.sidelight.proxy.page.chart.Waterfall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shapley values: what each feature added. */
public final class ExplanationDocument extends Document {

  /** One feature, in the document's order: largest first. */
  record Part(
      String name, String value, double attribution, double stdError, double low, double high) {}

  /** What two features add only together. */
  record Pair(String first, String second, double value, double stdError) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();

  ExplanationDocument(JsonNode root) {
    super(root);
    for (JsonNode feature : root.path("features")) {
      double phi = feature.path("attribution").asDouble();
      parts.add(
          new Part(
              feature.path("name").asText(),
              value(feature.path("value")),
              phi,
              feature.path("stdError").asDouble(),
              feature.path("interval").path(0).asDouble(phi),
              feature.path("interval").path(1).asDouble(phi)));
    }
    for (JsonNode pair : root.path("interactions")) {
      pairs.add(
          new Pair(
              pair.path("features").path(0).asText(),
              pair.path("features").path(1).asText(),
              pair.path("value").asDouble(),
              pair.path("stdError").asDouble()));
    }
    pairs.sort(Comparator.comparingDouble(pair -> -Math.abs(pair.value())));
  }

  List<Part> parts() {
    return parts;
  }

  /** Strongest first; none unless they were asked for. */
  List<Pair> pairs() {
    return pairs;
  }

  @Override
  String shortName() {
    return isExact() ? "exact" : "SHAP";
  }

  @Override
  String longName() {
    if (isExact()) {
      return "Shapley values, exact: every coalition that matters was asked";
    }
    String sampled =
        method().equals("exact")
            ? "Shapley values, every coalition asked"
            : "Shapley values (KernelSHAP), from sampled coalitions";
    return isDeterministic() ? sampled : sampled + "; the model is not deterministic";
  }

  @Override
  String parameters() {
    return "\"mode\":\"%s\",\"seed\":%d,\"rowsMax\":%d%s"
        .formatted(mode(), seed(), rowsMax(), pairs.isEmpty() ? "" : ",\"interactions\":true");
  }

  boolean isExact() {
    return root.path("exact").asBoolean();
  }

  double baseline() {
    return root.path("baseline").asDouble();
  }

  double prediction() {
    return root.path("prediction").asDouble();
  }

  String link() {
    return root.path("link").asText();
  }

  String mode() {
    return root.path("reproduce").path("mode").asText("auto");
  }

  long rowsMax() {
    return root.path("reproduce").path("budget").path("rowsMax").asLong();
  }

  Waterfall waterfall() {
    return new Waterfall(
        baseline(),
        prediction(),
        parts.stream()
            .map(p -> new Waterfall.Bar(p.name(), p.value(), p.attribution(), p.low(), p.high()))
            .toList());
  }

  /** Sizes without their signs. */
  Bars bars() {
    return new Bars(
        "Size of each feature's part",
        parts.stream()
            .map(
                p -> {
                  double size = Math.abs(p.attribution());
                  double half = (p.high() - p.low()) / 2;
                  return new Bars.Bar(p.name(), size, Math.max(0, size - half), size + half, 0);
                })
            .toList());
  }
}
