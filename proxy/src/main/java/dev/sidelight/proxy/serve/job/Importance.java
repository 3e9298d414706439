package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What mattered over many explanations: per feature the mean size of its attribution, how sure that
 * is over the requests, and every point. Not thread-safe.
 *
 * <p>The standard error is sd / sqrt(R); below the noise floor, the mean of the explanations' own
 * standard errors, a size cannot be told from zero.
 */
final class Importance {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Feature> features = new LinkedHashMap<>();
  private int explained;

  private record Point(JsonNode value, double attribution, String requestId, int row) {}

  private static final class Feature {
    private final List<Point> points = new ArrayList<>();
    private double errors;
  }

  /**
   * @param document a native attribution
   */
  void add(JsonNode document) {
    explained++;
    for (JsonNode each : document.path("features")) {
      Feature feature = features.computeIfAbsent(each.path("name").asText(), _ -> new Feature());
      feature.points.add(
          new Point(
              each.path("value"),
              each.path("attribution").asDouble(),
              document.path("requestId").asText(),
              document.path("row").asInt()));
      feature.errors += each.path("stdError").asDouble();
    }
  }

  int explained() {
    return explained;
  }

  /** Features by importance, largest first. */
  ArrayNode json() {
    ArrayNode array = JSON.createArrayNode();
    features.entrySet().stream()
        .map(entry -> feature(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble((ObjectNode node) -> -node.get("meanAbs").doubleValue()))
        .forEach(array::add);
    return array;
  }

  private static ObjectNode feature(String name, Feature feature) {
    int n = feature.points.size();
    double absolute = 0;
    double signed = 0;
    for (Point point : feature.points) {
      absolute += Math.abs(point.attribution()) / n;
      signed += point.attribution() / n;
    }
    double squares = 0;
    for (Point point : feature.points) {
      double off = Math.abs(point.attribution()) - absolute;
      squares += off * off;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("name", name);
    node.put("meanAbs", absolute);
    node.put("mean", signed);
    node.put("stdError", n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0);
    node.put("noiseFloor", feature.errors / n);
    ArrayNode points = node.putArray("points");
    for (Point point : feature.points) {
      ObjectNode each = points.addObject();
      each.set("value", point.value());
      each.put("attribution", point.attribution());
      each.put("requestId", point.requestId());
      each.put("row", point.row());
    }
    return node;
  }
}
