package dev.sidelight.proxy.config;

import java.util.List;
import java.util.Map;

/**
 * Everything that can be set.
 *
 * @param upstream address of the only backend, empty where {@code backends} and {@code models} are
 *     given
 * @param profile the protocol spoken behind {@code upstream}: {@code v1} or {@code v2}
 * @param modelName restricts {@code upstream} to one model; empty registers each model that is
 *     named and answers
 */
public record Config(
    @Setting(value = "", doc = "address of the model server, http://host:port") String upstream,
    @Setting(value = "v1", doc = "protocol of the model server: v1, v2 or raw") Profile profile,
    @Setting(value = "", doc = "the only model behind upstream; empty for any") String modelName,
    Listeners listeners,
    Map<String, BackendConfig> backends,
    Map<String, ModelConfig> models,
    List<RouteConfig> routes,
    Limits limits,
    Timeouts timeouts,
    Headers headers,
    RuntimeConfig runtime,
    LoggerConfig logger,
    SpoolConfig spool,
    EmbeddedConfig embedded,
    ReferenceConfig reference,
    ExplainConfig explain,
    MetricsConfig metrics) {

  public Config {
    backends = Map.copyOf(backends);
    models = Map.copyOf(models);
    routes = List.copyOf(routes);
    if (!upstream.isEmpty()) {
      Rules.address("upstream", upstream);
    }
    for (RouteConfig route : routes) {
      if (!models.containsKey(route.model())) {
        throw new IllegalArgumentException(
            "routes[].model must name one of models %s, got '%s'"
                .formatted(models.keySet().stream().sorted().toList(), route.model()));
      }
    }
    for (Map.Entry<String, ModelConfig> model : models.entrySet()) {
      String backend = model.getValue().backend();
      if (!backends.containsKey(backend)) {
        throw new IllegalArgumentException(
            "models.%s.backend must name one of backends %s, got '%s'"
                .formatted(model.getKey(), backends.keySet().stream().sorted().toList(), backend));
      }
    }
  }
}
