package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.explainers.importance.Importance;
import dev.sidelight.explainers.importance.ImportanceTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Feeds the tally from native documents, and writes what it says. Not thread-safe. */
final class ImportanceJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImportanceTally tally = new ImportanceTally();
  private final Map<Importance.Place, Map<String, JsonNode>> valuesAt = new HashMap<>();

  /**
   * @param document a native attribution
   */
  void add(JsonNode document) {
    Importance.Place place =
        new Importance.Place(document.path("requestId").asText(), document.path("row").asInt());
    List<ImportanceTally.Part> parts = new ArrayList<>();
    Map<String, JsonNode> values = new HashMap<>();
    for (JsonNode each : document.path("features")) {
      String name = each.path("name").asText();
      parts.add(
          new ImportanceTally.Part(
              name, each.path("attribution").asDouble(), each.path("stdError").asDouble()));
      values.put(name, each.path("value"));
    }
    if (tally.add(place, parts)) {
      valuesAt.put(place, values);
    }
  }

  int explained() {
    return tally.rows();
  }

  /** Features by importance, largest first. */
  ArrayNode features() {
    ArrayNode array = JSON.createArrayNode();
    for (Importance.Feature feature : tally.importance().features()) {
      ObjectNode node = array.addObject();
      node.put("name", feature.name());
      node.put("meanAbs", feature.meanAbsolute());
      node.put("mean", feature.mean());
      node.put("stdError", feature.stdError().orElse(0));
      node.put("noiseFloor", feature.noiseFloor());
      ArrayNode points = node.putArray("points");
      for (Importance.Point point : feature.points()) {
        ObjectNode each = points.addObject();
        each.set(
            "value",
            valuesAt
                .getOrDefault(point.place(), Map.of())
                .getOrDefault(feature.name(), NullNode.getInstance()));
        each.put("attribution", point.attribution());
        each.put("requestId", point.place().requestId());
        each.put("row", point.place().row());
      }
    }
    return array;
  }
}
