package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.page.chart.Bars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What mattered over many requests, as a job of kind {@code importance} came to it. */
public final class ImportanceDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** 97.5 % of a normal distribution lies below so many standard deviations. */
  private static final double Z95 = 1.959964;

  /**
   * One request's part of a feature.
   *
   * @param value NaN where it is no number
   */
  record Point(String text, double value, double attribution, String request, int row) {}

  /** One feature over all requests, largest first. */
  record Feature(
      String name, double meanAbs, double mean, double stdError, double floor, List<Point> points) {

    double low() {
      return Math.max(0, meanAbs - Z95 * stdError);
    }

    double high() {
      return meanAbs + Z95 * stdError;
    }

    /** Whether it can be told from zero. */
    boolean isAboveNoise() {
      return meanAbs > floor;
    }
  }

  private final JsonNode root;
  private final List<Feature> features = new ArrayList<>();

  private ImportanceDocument(JsonNode root) {
    this.root = root;
    for (JsonNode each : root.path("features")) {
      List<Point> points = new ArrayList<>();
      for (JsonNode point : each.path("points")) {
        JsonNode value = point.path("value");
        points.add(
            new Point(
                value.asText(),
                value.isNumber() ? value.asDouble() : Double.NaN,
                point.path("attribution").asDouble(),
                point.path("requestId").asText(),
                point.path("row").asInt()));
      }
      features.add(
          new Feature(
              each.path("name").asText(),
              each.path("meanAbs").asDouble(),
              each.path("mean").asDouble(),
              each.path("stdError").asDouble(),
              each.path("noiseFloor").asDouble(),
              points));
    }
  }

  /** Empty for what is none. */
  public static Optional<ImportanceDocument> read(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      return root.path("kind").asText().equals("importance")
          ? Optional.of(new ImportanceDocument(root))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  List<Feature> features() {
    return features;
  }

  String model() {
    return root.path("model").path("name").asText();
  }

  /** Of logged requests; empty for all. */
  public String filter() {
    return root.path("filter").asText();
  }

  int explained() {
    return root.path("explained").asInt();
  }

  int requested() {
    return root.path("requested").asInt();
  }

  int failed() {
    return root.path("failed").asInt();
  }

  boolean isComplete() {
    return root.path("complete").asBoolean();
  }

  long seed() {
    return root.path("seed").asLong();
  }

  Bars bars() {
    return new Bars(
        "Mean size of each feature's part",
        features.stream()
            .map(f -> new Bars.Bar(f.name(), f.meanAbs(), f.low(), f.high(), f.floor()))
            .toList());
  }
}
