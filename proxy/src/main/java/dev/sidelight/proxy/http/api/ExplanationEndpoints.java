package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainDocuments;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** {@code POST /v1/explanations}: explains a request that lies in the log. */
final class ExplanationEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoggedExplanations explanations;
  private final EventStore store;

  ExplanationEndpoints(LoggedExplanations explanations, EventStore store) {
    this.explanations = explanations;
    this.store = store;
  }

  Answer create(Call call) throws IOException {
    SameOrigin.check(call, true);
    JsonNode body = JSON.readTree(call.body());
    if (body == null || !body.isObject()) {
      throw refused("", "a JSON object with requestId", "something else");
    }
    UUID id = Ids.parse(body.path("requestId").asText(""), "/requestId");
    StoredRequest stored =
        store.request(id).orElseThrow(() -> unknown("no request with this id lies in the log"));
    return Answer.json(
        200,
        ExplainDocuments.write(explanations.explain(call, stored, row(body), parameters(body))));
  }

  private static Map<String, Object> parameters(JsonNode body) {
    Map<String, Object> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : body.path("parameters").properties()) {
      parameters.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
    }
    if (body.hasNonNull("format")) {
      parameters.put("format", body.path("format").asText());
    }
    return parameters;
  }

  private static OptionalInt row(JsonNode body) {
    if (!body.hasNonNull("row")) {
      return OptionalInt.empty();
    }
    if (!body.path("row").canConvertToInt() || !body.path("row").isIntegralNumber()) {
      throw refused("/row", "a row number from 0", "something else");
    }
    return OptionalInt.of(body.path("row").asInt());
  }

  private static ProblemException unknown(String detail) {
    return new ProblemException(Problem.of(404, "request_unknown", detail));
  }

  private static ProblemException refused(String pointer, String expected, String found) {
    return new ProblemException(
        Problem.of(400, "parameter_range", "the body is not what this route takes")
            .withFault(pointer, expected, found));
  }
}
