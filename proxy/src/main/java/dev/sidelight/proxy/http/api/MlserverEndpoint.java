package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code POST /v2/models/{m}-explainer/infer}: as MLServer's explainer answers, one text with the
 * document inside a V2 answer.
 */
final class MlserverEndpoint {

  static final String SUFFIX = "-explainer";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;

  MlserverEndpoint(ModelRegistry registry, JobAnswers answers, ExplainEndpoints direct) {
    this.registry = registry;
    this.answers = answers;
    this.direct = direct;
  }

  /** The path's place {@code model} is the model's name without the suffix. */
  Answer infer(Call call) throws IOException {
    String model = call.parameters().getOrDefault("model", "");
    ServedModel served = registry.get(model);
    ExplainCall explain =
        new ExplainCall(
            served,
            "v2",
            call.parameters().getOrDefault("version", ""),
            Asking.body(call),
            Asking.parameters(call),
            Format.ALIBI,
            direct.scope(call, served),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Pace.SYNC);
    ExplainPlan plan = answers.service().plan(explain);
    Answer answer = answers.answer(call, plan, /* restricted= */ false);
    return answer instanceof Answer.Whole whole ? wrapped(call, model, plan, whole) : answer;
  }

  private static Answer wrapped(Call call, String model, ExplainPlan plan, Answer.Whole whole)
      throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("model_name", model + SUFFIX);
    node.put("id", plan.requestId().isEmpty() ? call.requestId() : plan.requestId());
    ObjectNode output = node.putArray("outputs").addObject();
    output.put("name", "explanation");
    output.putArray("shape").add(1).add(1);
    output.put("datatype", "BYTES");
    output.putObject("parameters").put("content_type", "str");
    output.putArray("data").add(new String(whole.body(), StandardCharsets.UTF_8));
    Map<String, String> headers = new HashMap<>(whole.headers());
    headers.put("x-seldon-alibi-type", "explanation");
    headers.put("x-seldon-alibi-method", "alibi.explainers." + method(whole.body()));
    return new Answer.Whole(whole.status(), headers, JSON.writeValueAsBytes(node));
  }

  /** The document's own word for its method; of several rows the first one's. */
  private static String method(byte[] document) throws IOException {
    JsonNode tree = JSON.readTree(document);
    String name = tree.at("/meta/name").asText(tree.at("/explanations/0/meta/name").asText());
    return name.isEmpty() ? "KernelShap" : name;
  }
}
