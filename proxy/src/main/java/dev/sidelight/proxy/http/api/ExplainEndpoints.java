package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.Body;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainDocuments;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** {@code :explain} on both protocols: the body is the predict body. */
final class ExplainEndpoints {

  private static final List<String> TRACING =
      List.of(
          "x-request-id",
          "traceparent",
          "tracestate",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-sampled");

  private final ModelRegistry registry;
  private final ExplainService service;
  private final Function<String, ExplainConfig> config;

  /**
   * @param config by the model's name
   */
  ExplainEndpoints(
      ModelRegistry registry, ExplainService service, Function<String, ExplainConfig> config) {
    this.registry = registry;
    this.service = service;
    this.config = config;
  }

  Answer v1(Call call) {
    return explain(call, "v1");
  }

  Answer v2(Call call) {
    return explain(call, "v2");
  }

  private Answer explain(Call call, String protocol) {
    ServedModel model = registry.get(call.parameters().getOrDefault("model", ""));
    ExplainCall explain =
        new ExplainCall(
            model,
            protocol,
            call.parameters().getOrDefault("version", ""),
            body(call),
            parameters(call),
            Format.ALIBI,
            scope(call, model),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            call.cancellation()::onCancel);
    return Answer.json(200, ExplainDocuments.write(service.explain(explain)));
  }

  /** The query's; of a repeated one the last. */
  static Map<String, Object> parameters(Call call) {
    Map<String, Object> parameters = new HashMap<>();
    call.query().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
    return parameters;
  }

  static Body body(Call call) {
    return new Body(
        call.body(),
        call.header("content-type").orElse(""),
        call.header("content-encoding").orElse(""),
        call.header(Body.JSON_LENGTH).orElse(""));
  }

  CallScope scope(Call call, ServedModel model) {
    Map<String, String> tracing = new LinkedHashMap<>();
    for (String name : TRACING) {
      call.header(name).ifPresent(value -> tracing.put(name, value));
    }
    String authorization =
        config.apply(model.name()).forwardAuthorization()
            ? call.header("authorization").orElse("")
            : "";
    return new CallScope(authorization, tracing);
  }
}
