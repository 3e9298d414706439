package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.http.Endpoint;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.page.Assets;
import dev.sidelight.proxy.page.Exports;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.WhatIf;
import dev.sidelight.proxy.serve.job.LogJobs;
import dev.sidelight.proxy.serve.job.LoggedCalls;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts explanations on the listeners: data takes bodies, management also what lies in the log. */
final class ExplainRoutes {

  private static final long SMALL = 1 << 16;

  /** What there is where a log is kept. */
  record Room(LogJobs jobs, WhatIf whatIf, LoggedRows rows) {}

  private final Config config;
  private final ModelRegistry registry;
  private final Optional<EventStore> store;
  private final Optional<Room> room;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;
  private final ExplanationEndpoints explanations;
  private final Exports exports = new Exports(Assets.load());
  private final AtomicInteger followers = new AtomicInteger();

  ExplainRoutes(
      Config config,
      ModelRegistry registry,
      JobAnswers answers,
      Optional<EventStore> store,
      Optional<Room> room) {
    this.config = config;
    this.registry = registry;
    this.store = store;
    this.room = room;
    this.answers = answers;
    this.direct = new ExplainEndpoints(registry, answers, config::explainOf);
    this.explanations =
        new ExplanationEndpoints(registry, answers, direct, new LoggedCalls(registry));
  }

  LoggedExplanations logged() {
    return new LoggedExplanations(explanations, answers, room.map(Room::whatIf));
  }

  void register(Routes.Builder routes) {
    if (config.explain().routing() == ExplainConfig.Routing.SERVE) {
      explain(routes, Listener.DATA);
    }
    explain(routes, Listener.MANAGEMENT);
    Optional<LogJobEndpoints> bulk =
        room.map(r -> new LogJobEndpoints(registry, r.jobs(), answers, direct));
    jobs(routes, Listener.DATA, explanations::createFromBody);
    jobs(routes, Listener.MANAGEMENT, call -> explanations.create(call, store, bulk));
    bulk.ifPresent(endpoints -> log(routes, endpoints));
  }

  private void explain(Routes.Builder routes, Listener at) {
    long max = config.limits().endpointBytesMax().bytes();
    Role role = Role.EXPLAIN;
    MlserverEndpoint mlserver = new MlserverEndpoint(registry, answers, direct);
    String suffix = MlserverEndpoint.SUFFIX + "/infer";
    routes
        .endpoint(at, "POST", "/v2/models/{model}" + suffix, role, max, mlserver::infer)
        .endpoint(at, "POST", "/v1/models/{model}:explain", role, max, direct::v1)
        .endpoint(at, "POST", "/v1/models/:explain", role, max, direct::v1) // Seldon's executor
        .endpoint(
            at, "POST", "/v1/models/{model}/versions/{version}:explain", role, max, direct::v1)
        .endpoint(at, "POST", "/v2/models/{model}/explain", role, max, direct::v2)
        .endpoint(
            at, "POST", "/v2/models/{model}/versions/{version}/explain", role, max, direct::v2);
    SeldonEndpoint seldon = new SeldonEndpoint(registry, answers, direct);
    for (String path : List.of("/api/v1.0/explain", "/api/v0.1/explain")) {
      String below =
          "/seldon/{namespace}/{model}" + MlserverEndpoint.SUFFIX + "/{predictor}" + path;
      routes
          .endpoint(at, "POST", path, role, max, seldon::explain)
          .endpoint(at, "POST", below, role, max, seldon::explain);
    }
  }

  private void jobs(Routes.Builder routes, Listener at, Endpoint create) {
    long max = config.limits().endpointBytesMax().bytes();
    JobEndpoints jobs = new JobEndpoints(answers.jobs(), at == Listener.MANAGEMENT);
    JobEventsEndpoint events = new JobEventsEndpoint(answers.service().meters(), followers);
    Role role = Role.EXPLAIN;
    String path = "/v1/explanations/{id}";
    boolean readsLog = at == Listener.MANAGEMENT;
    ExportEndpoints files =
        new ExportEndpoints(
            new KeptDocuments(answers.jobs(), jobs),
            exports,
            readsLog ? store : Optional.empty(),
            room.map(Room::rows));
    for (String kind : List.of("waterfall", "bar", "anchor")) {
      routes.endpoint(
          at, "GET", path + "/" + kind + ".svg", role, SMALL, call -> files.svg(call, kind));
    }
    routes.endpoint(at, "GET", path + "/report.html", role, SMALL, files::report);
    RuleEndpoint rules = new RuleEndpoint(registry, answers, direct);
    routes
        .endpoint(at, "POST", "/v1/explanations", role, max, create)
        .endpoint(at, "POST", "/v1/models/{model}/rules:check", role, max, rules::check)
        .endpoint(at, "GET", path, role, SMALL, jobs::get)
        .endpoint(at, "DELETE", path, role, SMALL, jobs::delete)
        .endpoint(at, "POST", path + ":stop", role, SMALL, jobs::stop)
        .endpoint(at, "GET", path + "/events", role, SMALL, call -> events.stream(call, jobs));
  }

  private void log(Routes.Builder routes, LogJobEndpoints bulk) {
    Listener at = Listener.MANAGEMENT;
    long max = config.limits().endpointBytesMax().bytes();
    String path = "/v1/models/{model}/importance";
    routes
        .endpoint(at, "POST", path, Role.READ_LOGS, SMALL, bulk::importance)
        .endpoint(at, "GET", path, Role.READ_LOGS, SMALL, bulk::latestImportance);
    Room there = room.orElseThrow();
    WhatIfEndpoint whatIf =
        new WhatIfEndpoint(registry, there.whatIf(), direct, there.rows(), store.orElseThrow());
    routes.endpoint(at, "POST", "/v1/models/{model}:whatIf", Role.EXPLAIN, max, whatIf::ask);
  }
}
