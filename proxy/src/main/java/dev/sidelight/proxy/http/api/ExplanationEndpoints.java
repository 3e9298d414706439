package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.Body;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServedModel;
import dev.sidelight.proxy.serve.job.LoggedCalls;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * {@code POST /v1/explanations}: from a body, from a logged request, or of all that pass a filter.
 */
final class ExplanationEndpoints {

  private final ModelRegistry registry;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;
  private final LoggedCalls logged;

  ExplanationEndpoints(
      ModelRegistry registry, JobAnswers answers, ExplainEndpoints direct, LoggedCalls logged) {
    this.registry = registry;
    this.answers = answers;
    this.direct = direct;
    this.logged = logged;
  }

  /** On the data listener: nothing of the log. */
  Answer createFromBody(Call call) throws IOException {
    ExplanationBody body = ExplanationBody.read(call.body());
    if (body.rows().isEmpty()) {
      throw new ProblemException(
          Problem.of(403, "management_only", "the log is read on the management listener"));
    }
    return fromBody(call, body);
  }

  /**
   * On the management listener.
   *
   * @param store empty when the embedded store is off
   * @param bulk jobs over it
   */
  Answer create(Call call, Optional<EventStore> store, Optional<LogJobEndpoints> bulk)
      throws IOException {
    SameOrigin.check(call, true);
    ExplanationBody body = ExplanationBody.read(call.body());
    if (body.rows().isPresent()) {
      return fromBody(call, body);
    }
    if (!call.principal().roles().contains(Role.READ_LOGS)) {
      throw new ProblemException(Problem.of(403, "role_missing", "this takes the role read-logs"));
    }
    EventStore events =
        store.orElseThrow(
            () -> new ProblemException(Problem.of(404, "not_found", "no log is kept here")));
    if (body.filter().isPresent() && bulk.isPresent()) {
      return bulk.get().bulk(call, body, parameters(call, body));
    }
    return fromLog(call, body, events);
  }

  private Answer fromBody(Call call, ExplanationBody body) throws IOException {
    ServedModel model = registry.get(body.model());
    byte[] rows = body.rows().orElseThrow();
    ExplainCall explain =
        new ExplainCall(
            model,
            BodyProtocol.of(rows, model.protocol()),
            body.version(),
            Body.json(rows),
            parameters(call, body),
            Format.NATIVE,
            direct.scope(call, model),
            Optional.empty(),
            Optional.empty(),
            body.row(),
            Asking.pace(call));
    return answers.answer(
        call,
        Nested.in("body", "", () -> answers.service().plan(explain)),
        /* restricted= */ false);
  }

  private Answer fromLog(Call call, ExplanationBody body, EventStore store) throws IOException {
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
    return answers.answer(
        call,
        plan(call, stored, body.row(), parameters(call, body), Asking.pace(call)),
        /* restricted= */ true);
  }

  ExplainPlan plan(
      Call call, StoredRequest stored, OptionalInt row, Map<String, Object> parameters, Pace pace) {
    CallScope scope = direct.scope(call, registry.get(stored.summary().model()));
    return answers.service().plan(logged.of(stored, row, parameters, scope, pace));
  }

  /** A logged request as a call, of whose parameters nothing is read. */
  ExplainCall logged(Call call, StoredRequest stored, int row) {
    CallScope scope = direct.scope(call, registry.get(stored.summary().model()));
    return logged.of(stored, OptionalInt.of(row), Map.of(), scope, Pace.SYNC);
  }

  private static Map<String, Object> parameters(Call call, ExplanationBody body) {
    Map<String, Object> parameters = new HashMap<>(body.parameters());
    parameters.putAll(Asking.parameters(call));
    return parameters;
  }
}
