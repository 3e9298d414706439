package dev.sidelight.proxy.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.client.ClientException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be explained.
 *
 * @param requestId of a logged request; empty where {@code body} is given
 * @param model empty leaves it to the log, or to the server where it has one model only
 * @param body a predict body, whose numbers are sent on as they are written
 * @param parameters by name, numbers and texts
 */
public record Question(
    String requestId,
    String model,
    Optional<String> body,
    String method,
    OptionalInt row,
    Map<String, Object> parameters) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public Question {
    parameters = Map.copyOf(parameters);
    if (requestId.isEmpty() == body.isEmpty()) {
      throw new IllegalArgumentException("a question is of a logged request or of a body");
    }
  }

  /**
   * The predict body in a file.
   *
   * @throws ClientException {@code USAGE} with line and column where it is no JSON object
   */
  public static String body(byte[] file, String name) {
    try {
      JsonNode tree = JSON.readTree(file);
      if (tree == null || !tree.isObject()) {
        throw new ClientException(
            Kind.USAGE, name + " is no predict body: a JSON object is expected");
      }
      return new String(file, StandardCharsets.UTF_8).strip();
    } catch (JsonProcessingException e) {
      throw new ClientException(
          Kind.USAGE,
          "%s is no JSON: line %d, column %d"
              .formatted(name, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  Question of(String onlyModel) {
    return new Question(requestId, onlyModel, body, method, row, parameters);
  }

  /** The body of {@code POST /v1/explanations}. */
  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!requestId.isEmpty()) {
        json.writeStringField("requestId", requestId);
      }
      if (!model.isEmpty()) {
        json.writeStringField("model", model);
      }
      json.writeStringField("method", method);
      json.writeStringField("format", "native");
      if (row.isPresent()) {
        json.writeNumberField("row", row.getAsInt());
      }
      json.writeObjectFieldStart("parameters");
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        json.writeFieldName(parameter.getKey());
        if (parameter.getValue() instanceof Long number) {
          json.writeNumber(number);
        } else {
          json.writeString(parameter.getValue().toString());
        }
      }
      json.writeEndObject();
      if (body.isPresent()) {
        json.writeFieldName("body");
        json.writeRawValue(body.get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return bytes.toByteArray();
  }
}
