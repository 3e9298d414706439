package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** {@code :explain} on both protocols: the body is the predict body. */
final class ExplainEndpoints {

  private final ModelRegistry registry;
  private final JobAnswers answers;
  private final Function<String, ExplainConfig> config;

  /**
   * @param config by the model's name
   */
  ExplainEndpoints(
      ModelRegistry registry, JobAnswers answers, Function<String, ExplainConfig> config) {
    this.registry = registry;
    this.answers = answers;
    this.config = config;
  }

  Answer v1(Call call) throws IOException {
    return explain(call, "v1");
  }

  Answer v2(Call call) throws IOException {
    return explain(call, "v2");
  }

  private Answer explain(Call call, String protocol) throws IOException {
    ServedModel model = named(call).map(registry::get).orElseGet(registry::only);
    ExplainCall explain =
        new ExplainCall(
            model,
            protocol,
            call.parameters().getOrDefault("version", ""),
            Asking.body(call),
            Asking.parameters(call),
            Format.ALIBI,
            scope(call, model),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Asking.pace(call));
    return answers.answer(call, answers.service().plan(explain), /* restricted= */ false);
  }

  private static Optional<String> named(Call call) {
    return Optional.ofNullable(call.parameters().get("model"));
  }

  CallScope scope(Call call, ServedModel model) {
    return Asking.scope(call, config.apply(model.name()));
  }
}
