package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.core.codec.Body;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code POST /v1/models/{m}/rules:check}: precision and coverage of a rule that the caller gives.
 */
final class RuleEndpoint {

  private static final List<String> KNOWN = List.of("parameters", "predicates", "row", "version");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;

  RuleEndpoint(ModelRegistry registry, JobAnswers answers, ExplainEndpoints direct) {
    this.registry = registry;
    this.answers = answers;
    this.direct = direct;
  }

  Answer check(Call call) throws IOException {
    ExplanationBody.Members members = ExplanationBody.members(call.body(), "row", KNOWN);
    byte[] row =
        members
            .raw()
            .orElseThrow(
                () ->
                    ExplanationBody.refused(
                        "member_missing", "/row", "a predict body of one row", "nothing"));
    Map<String, Object> parameters = members.parameters();
    if (!members.has("predicates")) {
      throw ExplanationBody.refused("member_missing", "/predicates", "a list", "nothing");
    }
    parameters.put("predicates", JSON.convertValue(members.node("predicates"), Object.class));
    parameters.putAll(Asking.parameters(call));
    parameters.put("method", "rule");
    ServedModel model = registry.get(call.parameters().getOrDefault("model", ""));
    ExplainCall explain =
        new ExplainCall(
            model,
            BodyProtocol.of(row, model.protocol()),
            members.text("version"),
            Body.json(row),
            parameters,
            Format.NATIVE,
            direct.scope(call, model),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Asking.pace(call));
    return answers.answer(
        call,
        Nested.in("row", "predicates", () -> answers.service().plan(explain)),
        /* restricted= */ false);
  }
}
