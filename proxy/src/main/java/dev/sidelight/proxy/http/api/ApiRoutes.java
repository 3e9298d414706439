package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.page.Assets;
import dev.sidelight.proxy.page.ExplanationScreen;
import dev.sidelight.proxy.page.FirstRequest;
import dev.sidelight.proxy.page.PlainScreen;
import dev.sidelight.proxy.page.RequestScreen;
import dev.sidelight.proxy.page.RequestsScreen;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Puts our endpoints on the listeners. */
public final class ApiRoutes {

  private static final long REFERENCE_BYTES_MAX = 1L << 30;
  private static final long SMALL = 1 << 20;

  private final Config config;
  private final ModelRegistry registry;
  private final References references;
  private final ExplainService explain;
  private final EventLog log;
  private final Optional<EventStore> store;
  private final LoggedRows rows;
  private final LongSupplier wallMicros;

  /**
   * @param store empty when the embedded store is off: then there is nothing to list
   */
  public ApiRoutes(
      Config config,
      ModelRegistry registry,
      References references,
      ExplainService explain,
      EventLog log,
      Optional<EventStore> store,
      LoggedRows rows,
      LongSupplier wallMicros) {
    this.config = config;
    this.registry = registry;
    this.references = references;
    this.explain = explain;
    this.log = log;
    this.store = store;
    this.rows = rows;
    this.wallMicros = wallMicros;
  }

  public void register(Routes.Builder routes) {
    register(routes, () -> config.listeners().data().port());
  }

  /**
   * @param dataPort where the data listener listens, asked when a page shows a command to send
   */
  public void register(Routes.Builder routes, IntSupplier dataPort) {
    ExplainEndpoints direct = new ExplainEndpoints(registry, explain, config::explainOf);
    if (config.explain().routing() == ExplainConfig.Routing.SERVE) {
      explain(routes, Listener.DATA, direct);
    }
    explain(routes, Listener.MANAGEMENT, direct);
    references(routes);
    LedgerEndpoint ledger = new LedgerEndpoint(log);
    routes.endpoint(
        Listener.MANAGEMENT, "GET", "/v1/log/ledger", Role.READ_LOGS, SMALL, ledger::ledger);
    store.ifPresent(s -> log(routes, s, direct, dataPort));
  }

  private void explain(Routes.Builder routes, Listener listener, ExplainEndpoints direct) {
    long max = config.limits().endpointBytesMax().bytes();
    routes
        .endpoint(listener, "POST", "/v1/models/{model}:explain", Role.EXPLAIN, max, direct::v1)
        .endpoint(listener, "POST", "/v2/models/{model}/explain", Role.EXPLAIN, max, direct::v2)
        .endpoint(
            listener,
            "POST",
            "/v2/models/{model}/versions/{version}/explain",
            Role.EXPLAIN,
            max,
            direct::v2);
  }

  private void references(Routes.Builder routes) {
    ReferenceEndpoints endpoints = new ReferenceEndpoints(registry, references);
    Listener at = Listener.MANAGEMENT;
    routes
        .endpoint(at, "GET", "/v1/models", Role.READ_LOGS, SMALL, endpoints::models)
        .endpoint(
            at, "GET", "/v1/models/{model}/reference", Role.READ_LOGS, SMALL, endpoints::reference)
        .endpoint(at, "POST", "/v1/models/{model}/reference", Role.ADMIN, SMALL, endpoints::renew)
        .endpoint(at, "GET", "/v1/models/{model}/schema", Role.READ_LOGS, SMALL, endpoints::schema)
        .endpoint(
            at, "PUT", "/v1/models/{model}/schema", Role.ADMIN, 16 * SMALL, endpoints::putSchema)
        .streaming(
            at,
            "PUT",
            "/v1/models/{model}/reference",
            Role.ADMIN,
            REFERENCE_BYTES_MAX,
            endpoints::putReference);
  }

  private void log(
      Routes.Builder routes, EventStore events, ExplainEndpoints direct, IntSupplier dataPort) {
    RequestEndpoints requests = new RequestEndpoints(events, rows);
    TailEndpoint tail = new TailEndpoint(events);
    LoggedExplanations logged = new LoggedExplanations(registry, explain, direct, log, wallMicros);
    ExplanationEndpoints explanations = new ExplanationEndpoints(logged, events);
    Listener at = Listener.MANAGEMENT;
    routes
        .endpoint(at, "GET", "/v1/requests", Role.READ_LOGS, SMALL, requests::list)
        .endpoint(at, "GET", "/v1/requests/stream", Role.READ_LOGS, SMALL, tail::stream)
        .endpoint(at, "GET", "/v1/requests/{id}", Role.READ_LOGS, SMALL, requests::one)
        .endpoint(at, "POST", "/v1/explanations", Role.EXPLAIN, SMALL, explanations::create);
    page(events, logged, dataPort).register(routes);
  }

  private PageEndpoints page(EventStore events, LoggedExplanations logged, IntSupplier dataPort) {
    Assets assets = Assets.load();
    FirstRequest first =
        new FirstRequest(
            config.profile() == Profile.V1 ? "v1" : "v2",
            config.models().keySet().stream().sorted().findFirst().orElse(config.modelName()));
    return new PageEndpoints(
        new PageEndpoints.Screens(
            new RequestsScreen(events, rows, registry, first, assets),
            new RequestScreen(events, rows, registry, references, explain, assets),
            new ExplanationScreen(events, rows, registry, references, explain, assets),
            new PlainScreen(assets)),
        assets,
        events,
        logged,
        dataPort,
        wallMicros);
  }
}
