package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code POST /v1/explanations} takes: {@code {model, body}}, {@code {requestId, row?}} or
 * {@code {model, filter, limit?}}, with {@code method}, {@code format}, {@code parameters}.
 *
 * @param requestId empty where none is named
 * @param model empty where none is named
 * @param rows a predict body, byte for byte as it stands in the call; or, of {@code rules:check},
 *     the same as {@code row}
 * @param filter empty where there is none; {@code isBulk} says whether it was given
 * @param parameters of the explanation, {@code method} and {@code format} among them
 */
record ExplanationBody(
    String requestId,
    OptionalInt row,
    String model,
    String version,
    Optional<byte[]> rows,
    Optional<String> filter,
    OptionalInt limit,
    Map<String, Object> parameters) {

  private static final List<String> KNOWN =
      List.of(
          "body",
          "filter",
          "format",
          "limit",
          "method",
          "model",
          "parameters",
          "requestId",
          "row",
          "version");

  private static final int DEPTH_MAX = 70; // a predict body of 64 and what is around it

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(64 << 20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectMapper JSON = JsonMapper.builder(FACTORY).build();

  /**
   * @throws ProblemException 400 with the place
   */
  static ExplanationBody read(byte[] body) {
    Members members = members(body, "body", KNOWN);
    Map<String, Object> parameters = members.parameters();
    for (String name : List.of("method", "format")) {
      String value = members.text(name);
      if (!value.isEmpty()) {
        parameters.put(name, value);
      }
    }
    ExplanationBody read =
        new ExplanationBody(
            members.text("requestId"),
            members.whole("row", "a row number from 0"),
            members.text("model"),
            members.text("version"),
            members.raw(),
            members.has("filter") ? Optional.of(members.text("filter")) : Optional.empty(),
            members.whole("limit", "a number of requests"),
            parameters);
    read.requireOneSource();
    return read;
  }

  private void requireOneSource() {
    int sources =
        (requestId.isEmpty() ? 0 : 1) + (rows.isPresent() ? 1 : 0) + (filter.isPresent() ? 1 : 0);
    if (sources == 0) {
      throw refused(
          "member_missing", "/requestId", "requestId, body or filter", "none of the three");
    }
    if (sources > 1) {
      throw refused("member_unknown", "", "one of requestId, body and filter", "several");
    }
    if (requestId.isEmpty() && model.isEmpty()) {
      throw refused("member_missing", "/model", "the name of a model", "nothing");
    }
  }

  /** The members of a JSON object; one of them may be kept as its bytes. */
  static final class Members {
    private final Map<String, JsonNode> nodes = new HashMap<>();
    private Optional<byte[]> raw = Optional.empty();

    Optional<byte[]> raw() {
      return raw;
    }

    boolean has(String name) {
      JsonNode node = nodes.get(name);
      return node != null && !node.isNull();
    }

    JsonNode node(String name) {
      return nodes.getOrDefault(name, com.fasterxml.jackson.databind.node.NullNode.instance);
    }

    /** Empty where nothing is given. */
    String text(String name) {
      JsonNode value = node(name);
      if (!value.isNull() && !value.isTextual()) {
        throw refused("value_type", "/" + name, "a string", kind(value));
      }
      return value.isNull() ? "" : value.textValue();
    }

    OptionalInt whole(String name, String expected) {
      JsonNode value = node(name);
      if (value.isNull()) {
        return OptionalInt.empty();
      }
      if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
        throw refused("parameter_range", "/" + name, expected, kind(value));
      }
      return OptionalInt.of(value.intValue());
    }

    Map<String, Object> parameters() {
      Map<String, Object> parameters = new HashMap<>();
      JsonNode given = node("parameters");
      if (!given.isNull() && !given.isObject()) {
        throw refused("value_type", "/parameters", "an object", kind(given));
      }
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        if (!entry.getValue().isNull()) {
          parameters.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
        }
      }
      return parameters;
    }
  }

  /**
   * Reads an object's members.
   *
   * @param rawName the member whose bytes are kept as they stand
   * @throws ProblemException 400 with the place
   */
  static Members members(byte[] body, String rawName, List<String> known) {
    try (JsonParser in = JSON.createParser(body)) {
      JsonToken first = in.nextToken();
      if (first != JsonToken.START_OBJECT) {
        in.skipChildren(); // what is too deep is that, whatever it is
        throw refused("value_type", "", "a JSON object", first == null ? "nothing" : "another");
      }
      Members members = new Members();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        member(in, body, rawName, known, members);
      }
      if (in.nextToken() != null) {
        throw refused("json_syntax", "", "one JSON object", "more behind it");
      }
      return members;
    } catch (StreamConstraintsException e) {
      throw refused("json_too_deep", "", "depth <= 64", "more");
    } catch (JsonProcessingException e) {
      boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
      throw refused(twice ? "json_duplicate_key" : "json_syntax", "", "JSON", place(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  private static void member(
      JsonParser in, byte[] body, String rawName, List<String> known, Members into)
      throws IOException {
    String name = in.currentName();
    if (!known.contains(name)) {
      throw refused("member_unknown", "", "only " + String.join(", ", known), "another member");
    }
    JsonToken value = in.nextToken();
    if (!name.equals(rawName) || value == JsonToken.VALUE_NULL) {
      into.nodes.put(name, JSON.readTree(in));
      return;
    }
    if (value != JsonToken.START_OBJECT) {
      throw refused("value_type", "/" + name, "a predict body", "no object");
    }
    int from = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    int to = (int) in.currentLocation().getByteOffset();
    into.raw = Optional.of(Arrays.copyOfRange(body, from, to));
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "a fault"
        : "a fault at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  static ProblemException refused(String code, String pointer, String expected, String found) {
    return new ProblemException(
        Problem.of(400, code, "expected " + expected + ", found " + found)
            .withFault(pointer, expected, found));
  }
}
