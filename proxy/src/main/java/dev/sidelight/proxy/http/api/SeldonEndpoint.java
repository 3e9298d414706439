package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.codec.Body;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code POST /api/v1.0/explain}, where clients of Seldon Core's explainers ask: a body of Seldon's
 * with its {@code data}, or the model's own predict body.
 */
final class SeldonEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;

  SeldonEndpoint(ModelRegistry registry, JobAnswers answers, ExplainEndpoints direct) {
    this.registry = registry;
    this.answers = answers;
    this.direct = direct;
  }

  /** Below a prefix the deployment's name is the model's, where there is such a model. */
  Answer explain(Call call) throws IOException {
    ServedModel model =
        Optional.ofNullable(call.parameters().get("model"))
            .flatMap(registry::find)
            .orElseGet(registry::only);
    Optional<Body> translated = translated(call, model);
    ExplainCall explain =
        new ExplainCall(
            model,
            translated.isPresent() ? "v1" : model.protocol(),
            "",
            translated.orElseGet(() -> Asking.body(call)),
            Asking.parameters(call),
            Format.ALIBI,
            direct.scope(call, model),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Asking.pace(call));
    return answers.answer(call, answers.service().plan(explain), /* restricted= */ false);
  }

  /** Empty for a body that is not of Seldon's form: the model's codec judges it. */
  private static Optional<Body> translated(Call call, ServedModel model) {
    if (!call.header("content-encoding").orElse("").isEmpty()) {
      return Optional.empty();
    }
    JsonNode body;
    try {
      body = JSON.readTree(call.body());
    } catch (IOException e) {
      return Optional.empty();
    }
    Optional<ArrayNode> rows = rowsOf(body);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    if (!model.protocol().equals("v1")) {
      throw new ProblemException(
          Problem.of(
                  422,
                  "explain_unsupported",
                  "the model speaks V2: rows without names and types cannot be put to it")
              .withFault("/data", "a V2 request with inputs", "data of Seldon's")
              .withHint("send the model's own predict body"));
    }
    ObjectNode own = JSON.createObjectNode();
    own.set("instances", rows.get());
    if (body.path("parameters").isObject()) {
      own.set("parameters", body.get("parameters"));
    }
    return Optional.of(Body.json(own.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<ArrayNode> rowsOf(JsonNode body) {
    JsonNode data = body.path("data");
    if (data.path("ndarray") instanceof ArrayNode array) {
      return Optional.of(array);
    }
    if (data.path("tensor").isObject()) {
      return Optional.of(rows(data.path("tensor")));
    }
    return body.path("strData").isTextual()
        ? Optional.of(JSON.createArrayNode().add(body.get("strData")))
        : Optional.empty();
  }

  /** {@code {"shape": [n, m], "values": [...]}} row by row. */
  private static ArrayNode rows(JsonNode tensor) {
    JsonNode shape = tensor.path("shape");
    JsonNode values = tensor.path("values");
    int n = shape.path(0).asInt(-1);
    int width = shape.size() == 2 ? shape.path(1).asInt(-1) : -1;
    if (n < 1 || width < 1 || (long) n * width != values.size()) {
      throw new ProblemException(
          Problem.of(400, "shape_mismatch", "a tensor has a shape [rows, columns] and its values")
              .withFault(
                  "/data/tensor",
                  "shape [n, m] and n x m values",
                  "%d dimensions, %d values".formatted(shape.size(), values.size())));
    }
    ArrayNode rows = JSON.createArrayNode();
    for (int r = 0; r < n; r++) {
      ArrayNode row = rows.addArray();
      for (int c = 0; c < width; c++) {
        row.add(values.get(r * width + c));
      }
    }
    return rows;
  }
}
