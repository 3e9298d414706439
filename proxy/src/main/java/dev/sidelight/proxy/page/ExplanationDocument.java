package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.page.chart.Waterfall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An explanation as the log keeps it: our native document, with the number of the row it explains.
 * Thread-safe.
 */
public final class ExplanationDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One feature, in the document's order: largest first. */
  record Part(
      String name, String value, double attribution, double stdError, double low, double high) {}

  private final JsonNode root;
  private final List<Part> parts = new ArrayList<>();

  private ExplanationDocument(JsonNode root) {
    this.root = root;
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
  }

  /** Empty for what is no attribution. */
  public static Optional<ExplanationDocument> read(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      return root.path("kind").asText().equals("attribution")
          ? Optional.of(new ExplanationDocument(root))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not ours: somebody else's logger may send anything
    }
  }

  /** The newest explanation of a row. */
  static Optional<ExplanationDocument> ofRow(List<StoredReport> reports, int row) {
    return reports.stream()
        .filter(report -> report.kind().equals("explanation"))
        .flatMap(report -> read(report.json()).stream())
        .filter(document -> document.row() == row)
        .findFirst();
  }

  /** Which rows are explained, and how. */
  static Map<Integer, String> methods(List<StoredReport> reports) {
    Map<Integer, String> methods = new TreeMap<>();
    for (StoredReport report : reports) {
      if (report.kind().equals("explanation")) {
        read(report.json())
            .ifPresent(d -> methods.putIfAbsent(d.row(), d.isExact() ? "exact" : "SHAP"));
      }
    }
    return methods;
  }

  private static String value(JsonNode value) {
    return value.isArray() || value.isNull() ? "" : value.asText();
  }

  List<Part> parts() {
    return parts;
  }

  int row() {
    return root.path("row").asInt(0);
  }

  String sentence() {
    return root.path("sentence").asText();
  }

  String method() {
    return root.path("method").asText();
  }

  boolean isExact() {
    return root.path("exact").asBoolean();
  }

  boolean isDeterministic() {
    return root.path("model").path("deterministic").asBoolean(true);
  }

  String stopped() {
    return root.path("stopped").asText();
  }

  String label() {
    return root.path("target").path("label").asText();
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

  long seed() {
    return root.path("seed").asLong();
  }

  int referenceRows() {
    return root.path("reference").path("rows").asInt();
  }

  String referenceOrigin() {
    return root.path("reference").path("from").asText();
  }

  String referenceId() {
    return root.path("reference").path("id").asText();
  }

  long cost(String name) {
    return root.path("cost").path(name).asLong();
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
}
