package dev.sidelight.proxy.http.api;

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
import java.util.UUID;

/** {@code POST /v1/explanations}: explains a request that lies in the log. */
final class ExplanationEndpoints {

  private final LoggedExplanations explanations;
  private final EventStore store;

  ExplanationEndpoints(LoggedExplanations explanations, EventStore store) {
    this.explanations = explanations;
    this.store = store;
  }

  Answer create(Call call) throws IOException {
    SameOrigin.check(call, true);
    ExplanationBody body = ExplanationBody.read(call.body());
    UUID id = Ids.parse(body.requestId(), "/requestId");
    StoredRequest stored =
        store
            .request(id)
            .filter(s -> body.model().isEmpty() || body.model().equals(s.summary().model()))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            404,
                            "request_unknown",
                            "no request with this id lies in the log, or it asked another model")));
    Map<String, Object> parameters = new HashMap<>(body.parameters());
    parameters.putAll(ExplainEndpoints.parameters(call));
    return Answer.json(
        200, ExplainDocuments.write(explanations.explain(call, stored, body.row(), parameters)));
  }
}
