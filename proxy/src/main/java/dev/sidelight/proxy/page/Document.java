package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.logger.StoredReport;
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
public abstract sealed class Document
    permits ExplanationDocument, AnchorDocument, CounterfactualDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  final JsonNode root;

  Document(JsonNode root) {
    this.root = root;
  }

  /**
   * Empty for what is no explanation. Of the explanations of several rows, the one of {@code row}.
   */
  public static Optional<Document> read(byte[] json, int row) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.has("explanations")) {
        return of(root);
      }
      for (JsonNode each : root.path("explanations")) {
        if (each.path("row").asInt(-1) == row) {
          return of(each);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not ours: somebody else's logger may send anything
    }
  }

  /**
   * One explanation, or the list of several, each as it is, failures too.
   *
   * @throws IllegalArgumentException for what is no JSON
   */
  static List<JsonNode> split(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      List<JsonNode> all = new ArrayList<>();
      root.path("explanations").forEach(all::add);
      return root.has("explanations") ? all : List.of(root);
    } catch (IOException e) {
      throw new IllegalArgumentException("an explanation is JSON", e);
    }
  }

  static Optional<Document> of(JsonNode root) {
    return switch (root.path("kind").asText()) {
      case "attribution" -> Optional.of(new ExplanationDocument(root));
      case "anchor" -> Optional.of(new AnchorDocument(root));
      case "counterfactual" -> Optional.of(new CounterfactualDocument(root));
      default -> Optional.empty();
    };
  }

  /** The newest explanation of a row. */
  static Optional<Document> ofRow(List<StoredReport> reports, int row) {
    return allOfRow(reports, row).stream().findFirst();
  }

  /** All explanations of a row, in the order of the reports: newest first. */
  static List<Document> allOfRow(List<StoredReport> reports, int row) {
    return reports.stream()
        .filter(report -> report.kind().equals("explanation"))
        .flatMap(report -> read(report.json(), row).stream())
        .filter(document -> document.row() == row)
        .toList();
  }

  /** Which rows are explained, and how, the newest way first. */
  static Map<Integer, String> methods(List<StoredReport> reports) {
    Map<Integer, String> methods = new TreeMap<>();
    for (StoredReport report : reports) {
      if (report.kind().equals("explanation")) {
        read(report.json(), 0)
            .ifPresent(
                d ->
                    methods.merge(
                        d.row(),
                        d.shortName(),
                        (all, one) ->
                            List.of(all.split(", ", -1)).contains(one) ? all : all + ", " + one));
      }
    }
    return methods;
  }

  /** The method in a word, as the table has it. */
  abstract String shortName();

  /** The method in a line. */
  abstract String longName();

  /** The parameters that make it again, as JSON. */
  abstract String parameters();

  /** {@code shap}, {@code anchor}, ... as a call names it. */
  String methodWord() {
    return root.path("reproduce").path("method").asText("shap");
  }

  /** As JSON. */
  String text() {
    return root.toString();
  }

  /** {@code ex_...}. */
  String id() {
    return root.path("id").asText();
  }

  String requestId() {
    return root.path("requestId").asText();
  }

  String modelName() {
    return root.path("model").path("name").asText();
  }

  String modelVersion() {
    return root.path("model").path("revision").asText();
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

  boolean isDeterministic() {
    return root.path("model").path("deterministic").asBoolean(true);
  }

  String stopped() {
    return root.path("stopped").asText();
  }

  String label() {
    return root.path("target").path("label").asText();
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

  static String value(JsonNode value) {
    return value.isArray() || value.isNull() || value.isMissingNode() ? "" : value.asText();
  }
}
