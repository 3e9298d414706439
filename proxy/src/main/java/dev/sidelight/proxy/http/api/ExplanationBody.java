package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What {@code POST /v1/explanations} takes: {@code {requestId, row?, model?, method?, format?,
 * parameters?}}.
 *
 * @param model empty where none is named
 * @param parameters of the explanation, {@code method} and {@code format} among them
 */
record ExplanationBody(
    String requestId, OptionalInt row, String model, Map<String, Object> parameters) {

  private static final List<String> KNOWN =
      List.of("format", "method", "model", "parameters", "requestId", "row");

  private static final int DEPTH_MAX = 64;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws ProblemException 400 with the place
   */
  static ExplanationBody read(byte[] body) {
    JsonNode tree = tree(body);
    if (!tree.isObject()) {
      throw refused("value_type", "", "a JSON object with requestId", kind(tree));
    }
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      if (!KNOWN.contains(member.getKey())) {
        throw refused("member_unknown", "", "only " + String.join(", ", KNOWN), "another member");
      }
    }
    Map<String, Object> parameters = new HashMap<>();
    JsonNode given = tree.path("parameters");
    if (isThere(given) && !given.isObject()) {
      throw refused("value_type", "/parameters", "an object", kind(given));
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (isThere(entry.getValue())) {
        parameters.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
      }
    }
    for (String name : List.of("method", "format")) {
      String value = text(tree, name);
      if (!value.isEmpty()) {
        parameters.put(name, value);
      }
    }
    String id = text(tree, "requestId");
    if (id.isEmpty()) {
      throw refused("member_missing", "/requestId", "the id of a logged request", "nothing");
    }
    return new ExplanationBody(id, row(tree.path("row")), text(tree, "model"), parameters);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw refused("json_too_deep", "", "depth <= " + DEPTH_MAX, "more");
    } catch (JsonProcessingException e) {
      boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
      throw refused(twice ? "json_duplicate_key" : "json_syntax", "", "JSON", place(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "a fault"
        : "a fault at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static OptionalInt row(JsonNode row) {
    if (!isThere(row)) {
      return OptionalInt.empty();
    }
    if (!row.isIntegralNumber() || !row.canConvertToInt() || row.intValue() < 0) {
      throw refused("parameter_range", "/row", "a row number from 0", kind(row));
    }
    return OptionalInt.of(row.intValue());
  }

  /** Empty where nothing is given. */
  private static String text(JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    if (isThere(value) && !value.isTextual()) {
      throw refused("value_type", "/" + name, "a string", kind(value));
    }
    return value.asText("");
  }

  private static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static ProblemException refused(
      String code, String pointer, String expected, String found) {
    return new ProblemException(
        Problem.of(400, code, "expected " + expected + ", found " + found)
            .withFault(pointer, expected, found));
  }
}
