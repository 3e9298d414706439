package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.page.Assets;
import dev.sidelight.proxy.page.ExplanationScreen;
import dev.sidelight.proxy.page.FirstRequest;
import dev.sidelight.proxy.page.ImportanceScreen;
import dev.sidelight.proxy.page.PlainScreen;
import dev.sidelight.proxy.page.RequestScreen;
import dev.sidelight.proxy.page.RequestsScreen;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.WhatIf;
import dev.sidelight.proxy.serve.job.Jobs;
import dev.sidelight.proxy.serve.job.LogJobs;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Puts our endpoints on the listeners. */
public final class ApiRoutes {

  private static final long SMALL = 1 << 20;

  private final Config config;
  private final ModelRegistry registry;
  private final References references;
  private final ExplainService explain;
  private final Jobs jobs;
  private final Optional<LogJobs> logJobs;
  private final WhatIf whatIf;
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
      Jobs jobs,
      Optional<LogJobs> logJobs,
      WhatIf whatIf,
      EventLog log,
      Optional<EventStore> store,
      LoggedRows rows,
      LongSupplier wallMicros) {
    this.config = config;
    this.registry = registry;
    this.references = references;
    this.explain = explain;
    this.jobs = jobs;
    this.logJobs = logJobs;
    this.whatIf = whatIf;
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
    ExplainRoutes explanations =
        new ExplainRoutes(
            config,
            registry,
            new JobAnswers(explain, jobs),
            store,
            logJobs.map(over -> new ExplainRoutes.Room(over, whatIf, rows)));
    explanations.register(routes);
    new ReferenceEndpoints(registry, references).register(routes);
    new OpenApiEndpoint().register(routes);
    LedgerEndpoint ledger = new LedgerEndpoint(log);
    routes.endpoint(
        Listener.MANAGEMENT, "GET", "/v1/log/ledger", Role.READ_LOGS, SMALL, ledger::ledger);
    store.ifPresent(s -> log(routes, s, explanations.logged(), dataPort));
  }

  private void log(
      Routes.Builder routes, EventStore events, LoggedExplanations logged, IntSupplier dataPort) {
    RequestEndpoints requests = new RequestEndpoints(events, rows);
    TailEndpoint tail = new TailEndpoint(events);
    Listener at = Listener.MANAGEMENT;
    routes
        .endpoint(at, "GET", "/v1/requests", Role.READ_LOGS, SMALL, requests::list)
        .endpoint(at, "GET", "/v1/requests/stream", Role.READ_LOGS, SMALL, tail::stream)
        .endpoint(at, "GET", "/v1/requests/{id}", Role.READ_LOGS, SMALL, requests::one);
    PageEndpoints page = page(events, logged, dataPort);
    logJobs.ifPresent(
        over ->
            new ImportancePage(
                    page,
                    new ImportanceScreen(Assets.load()),
                    registry,
                    jobs,
                    over,
                    config.explain())
                .register(routes));
    page.register(routes);
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
        jobs,
        dataPort,
        wallMicros);
  }
}
