package dev.sidelight.proxy.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's model server answers, without its sockets: a method, a path and a body in, a
 * status and a JSON body out. Thread-safe; runs on the caller's thread, about 2 microseconds and a
 * little parsing for each row.
 */
final class ModelApi {

  private static final Pattern V2_MODEL =
      Pattern.compile("/v2/models/([^/]+)(?:/versions/([^/]+))?(/infer|/ready)?");
  private static final Pattern V1_MODEL = Pattern.compile("/v1/models/([^/:]+)(:predict)?");

  private final IncomeModel model;
  private final V2Wire v2;
  private final V1Wire v1;
  private final JsonFactory json = new JsonFactory();
  private final ObjectReader reader =
      new ObjectMapper(json)
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  ModelApi(IncomeModel model) {
    this.model = model;
    this.v2 = new V2Wire(model.features());
    this.v1 = new V1Wire(model.features());
  }

  /**
   * @param rows how many rows were predicted; 0 where none was asked
   */
  record Answer(int status, byte[] body, int rows) {}

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  /** Whatever is asked, there is an answer; errors are {@code {"error": "..."}}. */
  Answer answer(String method, String path, byte[] body) {
    try {
      Matcher v2Model = V2_MODEL.matcher(path);
      if (v2Model.matches()) {
        return v2(method, v2Model, body);
      }
      Matcher v1Model = V1_MODEL.matcher(path);
      if (v1Model.matches()) {
        return v1(method, v1Model, body);
      }
      return server(method, path);
    } catch (ModelException e) {
      return error(e);
    }
  }

  Answer error(ModelException e) {
    return answer(e.status(), 0, out -> writeText(out, "error", e.text()));
  }

  private Answer server(String method, String path) throws ModelException {
    Content content =
        switch (path) {
          case "/" -> out -> writeText(out, "status", "alive");
          case "/v2" -> ModelApi::writeServer;
          case "/v2/health/live" -> out -> writeTrue(out, "live");
          case "/v2/health/ready" -> out -> writeTrue(out, "ready");
          case "/v1/models" -> ModelApi::writeModels;
          default -> throw ModelException.notFound("no such path");
        };
    expect("GET", method);
    return answer(200, 0, content);
  }

  private Answer v2(String method, Matcher path, byte[] body) throws ModelException {
    String version = version(path.group(1), path.group(2));
    if ("/infer".equals(path.group(3))) {
      expect("POST", method);
      V2Wire.Request request = v2.read(parse(body));
      double[] probabilities = model.probabilities(version, request.rows());
      return answer(
          200, probabilities.length, out -> V2Wire.write(out, request, version, probabilities));
    }
    expect("GET", method);
    if ("/ready".equals(path.group(3))) {
      return answer(200, 0, ModelApi::writeReady);
    }
    return answer(200, 0, out -> v2.writeMetadata(out, model.versions()));
  }

  private Answer v1(String method, Matcher path, byte[] body) throws ModelException {
    String version = version(path.group(1), null);
    if (path.group(2) == null) {
      expect("GET", method);
      return answer(200, 0, ModelApi::writeReady);
    }
    expect("POST", method);
    double[] probabilities = model.probabilities(version, v1.read(parse(body)));
    return answer(200, probabilities.length, out -> V1Wire.write(out, probabilities));
  }

  /** The version asked for, or the current one; 404 for a model or version that is not served. */
  private String version(String name, @Nullable String asked) throws ModelException {
    if (!name.equals(ModelServer.MODEL)) {
      throw ModelException.notFound("model " + name + " not found");
    }
    if (asked == null) {
      return model.current();
    }
    if (!model.versions().contains(asked)) {
      throw ModelException.notFound("model " + name + " has no version " + asked);
    }
    return asked;
  }

  private static void expect(String expected, String method) throws ModelException {
    if (!method.equals(expected)) {
      throw ModelException.methodNotAllowed(expected);
    }
  }

  private JsonNode parse(byte[] body) throws ModelException {
    try {
      return reader.readTree(body);
    } catch (JsonProcessingException e) {
      throw ModelException.badRequest("malformed JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ModelException.badRequest("not UTF-8");
    }
  }

  private Answer answer(int status, int rows, Content content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256 + (64 * rows));
    try (JsonGenerator out = json.createGenerator(body)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to an array cannot fail
    }
    return new Answer(status, body.toByteArray(), rows);
  }

  private static void writeServer(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", "sidelight-demo");
    out.writeStringField("version", "1");
    out.writeArrayFieldStart("extensions");
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeModels(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("models");
    out.writeString(ModelServer.MODEL);
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeReady(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", ModelServer.MODEL);
    out.writeBooleanField("ready", true);
    out.writeEndObject();
  }

  private static void writeText(JsonGenerator out, String name, String text) throws IOException {
    out.writeStartObject();
    out.writeStringField(name, text);
    out.writeEndObject();
  }

  private static void writeTrue(JsonGenerator out, String name) throws IOException {
    out.writeStartObject();
    out.writeBooleanField(name, true);
    out.writeEndObject();
  }
}
