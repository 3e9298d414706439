package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.Optional;

/**
 * Our endpoints in the role {@code explainer}: explanations of bodies, references, and the model
 * health that KServe and its clients ask for. Nothing of a log.
 */
public final class ExplainerRoutes {

  private static final long NO_BODY = 1024;

  private final Config config;
  private final ModelRegistry registry;
  private final References references;
  private final ExplainService explain;
  private final Jobs jobs;
  private final Health health;

  public ExplainerRoutes(
      Config config,
      ModelRegistry registry,
      References references,
      ExplainService explain,
      Jobs jobs,
      Health health) {
    this.config = config;
    this.registry = registry;
    this.references = references;
    this.explain = explain;
    this.jobs = jobs;
    this.health = health;
  }

  public void register(Routes.Builder routes) {
    new ExplainRoutes(
            config, registry, new JobAnswers(explain, jobs), Optional.empty(), Optional.empty())
        .register(routes);
    new ReferenceEndpoints(registry, references).register(routes);
    new OpenApiEndpoint().register(routes);
    ModelHealthEndpoints models = new ModelHealthEndpoints(config, registry, health);
    Listener at = Listener.DATA;
    Role role = Role.PREDICT;
    routes
        .endpoint(at, "GET", "/", role, NO_BODY, models::alive)
        .endpoint(at, "GET", "/v1/models", role, NO_BODY, models::list)
        .endpoint(at, "GET", "/v1/models/{model}", role, NO_BODY, models::ready)
        .endpoint(at, "GET", "/v2", role, NO_BODY, models::server)
        .endpoint(at, "GET", "/v2/health/live", role, NO_BODY, models::live)
        .endpoint(at, "GET", "/v2/health/ready", role, NO_BODY, models::allReady)
        .endpoint(at, "GET", "/v2/models/{model}", role, NO_BODY, models::metadata)
        .endpoint(at, "GET", "/v2/models/{model}/ready", role, NO_BODY, models::ready);
  }
}
