package dev.sidelight.proxy.config;

import dev.sidelight.logger.spool.SpoolSettings.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    @Setting(value = "v1", doc = "protocol of the model server: v1, v2, openai or raw")
        Profile profile,
    @Setting(value = "", doc = "the only model behind upstream; empty for any") String modelName,
    Listeners listeners,
    Limits limits,
    Timeouts timeouts,
    Headers headers,
    RuntimeConfig runtime,
    LoggerConfig logger,
    SpoolConfig spool,
    EmbeddedConfig embedded,
    ReferenceConfig reference,
    ExplainConfig explain,
    MetricsConfig metrics,
    Map<String, BackendConfig> backends,
    Map<String, ModelConfig> models,
    List<RouteConfig> routes) {

  public Config {
    backends = Map.copyOf(backends);
    models = Map.copyOf(models);
    routes = List.copyOf(routes);
    if (!upstream.isEmpty()) {
      Rules.address("upstream", upstream);
    }
    List<String> broken = new ArrayList<>();
    boolean lossless = spool.whenFull() == WhenFull.DROP_NEWEST;
    for (Map.Entry<String, ModelConfig> model : new TreeMap<>(models).entrySet()) {
      String key = "models." + model.getKey();
      oneOf(key + ".backend", "backends", model.getValue().backend(), backends, broken);
      strict(key + ".log.mode", model.getValue().log(), logger, lossless, broken);
    }
    for (int i = 0; i < routes.size(); i++) {
      RouteConfig route = routes.get(i);
      oneOf("routes[" + i + "].model", "models", route.model(), models, broken);
      strict("routes[" + i + "].log.mode", route.log(), logger, lossless, broken);
    }
    strict("logger.mode", logger.forRoutes(), logger, lossless, broken);
    if (!broken.isEmpty()) {
      throw new FaultsException(broken);
    }
  }

  /** What holds for explanations of a model: its own word, else the process's. */
  public ExplainConfig explainOf(String model) {
    ModelConfig own = models.get(model);
    return own == null ? explain : explain.of(own.explain());
  }

  private static void oneOf(
      String key, String what, String name, Map<String, ?> known, List<String> broken) {
    if (!known.containsKey(name)) {
      String nearest =
          NearestName.of(name, known.keySet()).map(n -> "; did you mean " + n + "?").orElse("");
      broken.add(
          "%s must name one of %s %s, got '%s'%s"
              .formatted(key, what, known.keySet().stream().sorted().toList(), name, nearest));
    }
  }

  /** A log that is off, or that makes room by forgetting, cannot promise what strict promises. */
  private static void strict(
      String key, RouteLog log, LoggerConfig logger, boolean lossless, List<String> broken) {
    if (log.mode() != LoggerConfig.Mode.STRICT) {
      return;
    }
    if (!logger.enabled()) {
      broken.add(key + " strict needs logger.enabled, got false");
    }
    if (!lossless) {
      broken.add(key + " strict needs spool.when-full drop-newest, got drop-oldest");
    }
  }
}
