package dev.sidelight.proxy.cli;

import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.proxy.config.BackendConfig;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ModelConfig;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.RouteConfig;
import dev.sidelight.proxy.http.Backend;
import dev.sidelight.proxy.http.Backend.Health;
import dev.sidelight.proxy.http.RoutePolicy;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.http.Target;
import dev.sidelight.proxy.serve.LiveLoad;
import dev.sidelight.proxy.serve.RecentLoad;
import dev.sidelight.proxy.serve.ServedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The configured backends, and the routes that lead to them. */
final class Backends {

  private static final String UPSTREAM = "upstream";

  private final Config config;
  private final Map<String, LiveLoad> loads = new HashMap<>();
  private final Map<String, Backend> backends = new HashMap<>();

  Backends(Config config) {
    this.config = config;
    if (!config.upstream().isEmpty()) {
      add(UPSTREAM, config.upstream(), 256, health(config.profile(), config.modelName()));
    }
    config
        .backends()
        .forEach(
            (name, backend) ->
                add(name, backend.url(), backend.connectionsMax(), healthOf(name, backend)));
  }

  /**
   * @throws IllegalArgumentException where nothing is behind the proxy
   */
  static void requireOne(Config config) {
    if (config.upstream().isEmpty() && config.backends().isEmpty()) {
      throw new IllegalArgumentException(
          "there is no model server: give --upstream http://host:port, or backends and models in"
              + " a file (--config)");
    }
  }

  private void add(String name, String url, int connectionsMax, Health health) {
    LiveLoad load = new RecentLoad(System::nanoTime);
    loads.put(name, load);
    backends.put(name, new Backend(name, Backend.addressesOf(url), connectionsMax, health, load));
  }

  private Health healthOf(String name, BackendConfig backend) {
    return switch (backend.health()) {
      case "none" -> Health.NONE;
      case "tcp" -> Health.TCP;
      case "profile" -> healthByModel(name);
      default -> Health.path(backend.health());
    };
  }

  /** The first model of a backend says how it is asked for its health. */
  private Health healthByModel(String backend) {
    return config.models().entrySet().stream()
        .filter(model -> model.getValue().backend().equals(backend))
        .min(Map.Entry.comparingByKey())
        .map(model -> health(model.getValue().profile(), model.getKey()))
        .orElse(Health.TCP);
  }

  private static Health health(Profile profile, String model) {
    return switch (profile) {
      case V1 -> model.isEmpty() ? Health.TCP : Health.path("/v1/models/" + model);
      case V2 -> Health.path("/v2/health/ready");
      case OPENAI, RAW -> Health.TCP;
    };
  }

  /**
   * Configured paths, then the inference paths of every profile in use; the rest goes to the only
   * backend untapped.
   */
  void register(Routes.Builder routes) {
    registerInference(routes);
    if (backends.size() == 1) {
      routes.fallback(
          config.profile(),
          target(backends.keySet().iterator().next()),
          RoutePolicy.of(config, config.profile()));
    }
  }

  /** The same without the rest. */
  void registerInference(Routes.Builder routes) {
    for (RouteConfig route : config.routes()) {
      ModelConfig model = Objects.requireNonNull(config.models().get(route.model()));
      routes.forward(route, targets(model.backend()), RoutePolicy.of(config, route));
    }
    new TreeMap<>(config.models())
        .forEach(
            (name, model) ->
                routes.inference(
                    model.profile(),
                    name,
                    targets(model.backend()),
                    RoutePolicy.of(config, model)));
    RoutePolicy process = RoutePolicy.of(config, config.profile());
    if (backends.containsKey(UPSTREAM)) {
      upstream(routes, process);
    }
  }

  private void upstream(Routes.Builder routes, RoutePolicy process) {
    if (config.profile() == Profile.OPENAI) {
      routes.inference(Profile.OPENAI, targets(UPSTREAM), process);
      return;
    }
    // a server may speak both: what is logged and explained is decided by the path
    routes.inference(Profile.V1, targets(UPSTREAM), process);
    routes.inference(Profile.V2, targets(UPSTREAM), process);
  }

  private List<Target> targets(String backend) {
    return List.of(target(backend));
  }

  private Target target(String backend) {
    return Target.of(Objects.requireNonNull(backends.get(backend)));
  }

  LiveTraffic liveTraffic(ServedModel model) {
    return loads.getOrDefault(model.backend(), new RecentLoad(System::nanoTime));
  }
}
