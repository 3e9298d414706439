package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.core.codec.Body;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.PayloadEvent.Report;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainDocuments;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ModelRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.LongSupplier;

/** {@code POST /v1/explanations}: explains a request that lies in the log. */
final class ExplanationEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;
  private final ExplainService service;
  private final ExplainEndpoints direct;
  private final EventStore store;
  private final EventLog log;
  private final LongSupplier wallMicros;

  ExplanationEndpoints(
      ModelRegistry registry,
      ExplainService service,
      ExplainEndpoints direct,
      EventStore store,
      EventLog log,
      LongSupplier wallMicros) {
    this.registry = registry;
    this.service = service;
    this.direct = direct;
    this.store = store;
    this.log = log;
    this.wallMicros = wallMicros;
  }

  Answer create(Call call) throws IOException {
    JsonNode body = JSON.readTree(call.body());
    if (body == null || !body.isObject()) {
      throw refused("", "a JSON object with requestId", "something else");
    }
    UUID id = Ids.parse(body.path("requestId").asText(""), "/requestId");
    StoredRequest stored =
        store.request(id).orElseThrow(() -> unknown("no request with this id lies in the log"));
    ExplainResult result = service.explain(explainCall(call, body, id, stored));
    for (ExplainResult.Row row : result.rows()) {
      if (row instanceof Explained explained) {
        keep(id, stored, explained.id(), ExplainDocuments.writeNative(result, explained));
      }
    }
    return Answer.json(200, ExplainDocuments.write(result));
  }

  private ExplainCall explainCall(Call call, JsonNode body, UUID id, StoredRequest stored) {
    if (!stored.request().truncation().isEmpty() && !stored.request().truncation().equals("none")) {
      throw new ProblemException(
          Problem.of(
              409, "payload_incomplete", "only a part of this request's body was kept in the log"));
    }
    Map<String, Object> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : body.path("parameters").properties()) {
      parameters.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
    }
    if (body.hasNonNull("format")) {
      parameters.put("format", body.path("format").asText());
    }
    OptionalInt row = OptionalInt.empty();
    if (body.hasNonNull("row")) {
      if (!body.path("row").canConvertToInt() || !body.path("row").isIntegralNumber()) {
        throw refused("/row", "a row number from 0", "something else");
      }
      row = OptionalInt.of(body.path("row").asInt());
    }
    return new ExplainCall(
        registry.get(stored.summary().model()),
        stored.summary().protocol(),
        requestedVersion(stored),
        new Body(
            stored.request().bytes(),
            stored.request().contentType(),
            stored.request().contentEncoding()),
        parameters,
        Format.NATIVE,
        direct.scope(call),
        Optional.of(id),
        row,
        call.cancellation()::onCancel);
  }

  /** The version the request named in its path, not the one that happened to answer. */
  private static String requestedVersion(StoredRequest stored) {
    String path = stored.summary().path();
    int at = path.indexOf("/versions/");
    int end = path.lastIndexOf("/infer");
    return at >= 0 && end > at ? path.substring(at + "/versions/".length(), end) : "";
  }

  /** An explanation is an event too: it is linked from the request it speaks of. */
  private void keep(UUID exchange, StoredRequest stored, UUID explanation, byte[] json) {
    log.report(
        new Report(
            explanation,
            "explanation",
            exchange,
            ModelRef.of(stored.summary().model()).withVersion(stored.summary().version()),
            wallMicros.getAsLong(),
            json));
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
