package dev.sidelight.proxy.cli;

import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.RouteConfig;
import dev.sidelight.proxy.http.Backend;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.http.Target;
import dev.sidelight.proxy.serve.LiveLoad;
import dev.sidelight.proxy.serve.RecentLoad;
import dev.sidelight.proxy.serve.ServedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The configured backends, and the routes that lead to them. */
final class Backends {

  private static final String UPSTREAM = "upstream";

  private final Config config;
  private final Map<String, LiveLoad> loads = new HashMap<>();
  private final Map<String, Backend> backends = new HashMap<>();

  Backends(Config config) {
    this.config = config;
    if (!config.upstream().isEmpty()) {
      add(UPSTREAM, config.upstream(), 256, healthPath(config.profile(), config.modelName()));
    }
    config
        .backends()
        .forEach(
            (name, backend) ->
                add(name, backend.url(), backend.connectionsMax(), healthPathOf(name)));
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

  private void add(String name, String url, int connectionsMax, String healthPath) {
    LiveLoad load = new RecentLoad(System::nanoTime);
    loads.put(name, load);
    backends.put(
        name, new Backend(name, Backend.addressesOf(url), connectionsMax, healthPath, load));
  }

  /** The first model of a backend says how it is asked for its health. */
  private String healthPathOf(String backend) {
    return config.models().entrySet().stream()
        .filter(model -> model.getValue().backend().equals(backend))
        .sorted(Map.Entry.comparingByKey())
        .findFirst()
        .map(model -> healthPath(model.getValue().profile(), model.getKey()))
        .orElse("");
  }

  /** Empty: a TCP connect is the probe. */
  private static String healthPath(Profile profile, String model) {
    return switch (profile) {
      case V1 -> model.isEmpty() ? "" : "/v1/models/" + model;
      case V2 -> "/v2/health/ready";
      case RAW -> "";
    };
  }

  /** Inference paths of every profile in use; the rest goes to the only backend untapped. */
  void register(Routes.Builder routes) {
    registerInference(routes);
    if (backends.size() == 1) {
      routes.fallback(config.profile(), target(backends.keySet().iterator().next()));
    }
  }

  /** The same without the rest. */
  void registerInference(Routes.Builder routes) {
    config
        .models()
        .forEach(
            (name, model) ->
                routes.inference(model.profile(), name, List.of(target(model.backend()))));
    for (RouteConfig route : config.routes()) {
      var model = Objects.requireNonNull(config.models().get(route.model()));
      routes.forward(
          route.method(),
          route.path(),
          model.profile(),
          route.model(),
          List.of(target(model.backend())));
    }
    if (backends.containsKey(UPSTREAM)) {
      // a server may speak both: what is logged and explained is decided by the path
      routes.inference(Profile.V1, List.of(target(UPSTREAM)));
      routes.inference(Profile.V2, List.of(target(UPSTREAM)));
    }
  }

  private Target target(String backend) {
    return Target.of(Objects.requireNonNull(backends.get(backend)));
  }

  LiveTraffic liveTraffic(ServedModel model) {
    return loads.getOrDefault(model.backend(), new RecentLoad(System::nanoTime));
  }
}
