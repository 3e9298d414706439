package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.Access;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.http.Server;
import dev.sidelight.proxy.http.Wiring;
import dev.sidelight.proxy.http.api.ApiRoutes;
import dev.sidelight.proxy.http.api.ProbeRoutes;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.RowCounts;
import dev.sidelight.proxy.serve.TrafficRows;
import dev.sidelight.proxy.serve.WhatIf;
import dev.sidelight.proxy.serve.job.ExplanationLog;
import dev.sidelight.proxy.serve.job.LogJobs;
import dev.sidelight.proxy.serve.job.UnfinishedImportance;
import java.security.SecureRandom;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The role {@code serve}, put together: proxy, log, explanations, page. */
final class ServeRole implements Role {

  /**
   * What the role takes from the world around it.
   *
   * @param wallMicros the tap's wall clock, microseconds since 1970
   * @param origin the mark of events, empty for ordinary traffic
   */
  record Clocks(LongSupplier wallMicros, Supplier<String> origin) {
    static Clocks real() {
      InstantSource system = InstantSource.system();
      return new Clocks(
          () -> {
            var now = system.instant();
            return now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
          },
          () -> "");
    }
  }

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final LogRoom log;
  private final ExplainService explain;
  private final Routes routes;
  private final Server server;

  /** What routes lead to. */
  private record Parts(
      Config config,
      ModelRoom models,
      LoggedRows rows,
      ExplainRoom explaining,
      Optional<LogJobs> logJobs,
      Backends backends) {}

  private ServeRole(Config config, Clocks clocks) {
    Backends.requireOne(config);
    try {
      CodecLimits limits = CodecLimits.defaults();
      ServerHandle handle = new ServerHandle();
      ModelRoom models = new ModelRoom(config, handle, "");
      closing.push(models::close);
      LoggedRows rows = new LoggedRows(models.registry(), models.references(), limits);
      this.log =
          LogRoom.open(
              config,
              new RowCounts(),
              rows,
              new TrafficRows(models.registry(), models.references(), limits, System::nanoTime),
              InstantSource.system());
      closing.push(log::close);
      Backends backends = new Backends(config);
      ExplainRoom explaining =
          new ExplainRoom(
              config,
              models,
              backends::liveTraffic,
              handle::isShedding,
              log.store(),
              new ExplanationLog(log.spool()::report, log.store(), clocks.wallMicros()));
      closing.push(explaining::close);
      this.explain = explaining.service();
      UnfinishedImportance unfinished =
          new UnfinishedImportance(ModelRoom.referenceDir(config).resolveSibling("jobs"));
      Optional<LogJobs> logJobs =
          log.store()
              .map(
                  store ->
                      new LogJobs(
                          explaining.jobs(), explain, store, rows, models.registry(), unfinished));
      closing.push(unfinished::closing);
      BackgroundLookups lookups = new BackgroundLookups(models.registry());
      closing.push(lookups::close);
      Parts parts = new Parts(config, models, rows, explaining, logJobs, backends);
      this.routes = routes(parts, handle, clocks.wallMicros());
      Wiring wiring =
          new Wiring(
              loop -> log.spool().sink(loop),
              clocks.wallMicros(),
              clocks.origin(),
              lookups,
              Access.ANONYMOUS,
              "",
              "");
      this.server = Server.start(config, routes, wiring, new SecureRandom().nextLong());
      closing.push(() -> server.close(config.timeouts().drain()));
      handle.set(server);
      logJobs.ifPresent(LogJobs::resume);
    } catch (RuntimeException e) {
      close(); // whatever was opened: the spool's lock, threads
      throw e;
    }
  }

  private Routes routes(Parts parts, ServerHandle handle, LongSupplier wallMicros) {
    Routes.Builder routes = Routes.builder();
    parts.backends().register(routes);
    ExplainRoom explaining = parts.explaining();
    new ApiRoutes(
            parts.config(),
            parts.models().registry(),
            parts.models().references(),
            explain,
            explaining.jobs(),
            parts.logJobs(),
            new WhatIf(explaining.gateways(), parts.rows(), CodecLimits.defaults()),
            log.spool(),
            log.store(),
            parts.rows(),
            wallMicros)
        .register(routes, () -> handle.port(Listener.DATA));
    ExplainMetrics metrics = new ExplainMetrics(explain, explaining.jobs());
    new ProbeRoutes(handle, new RoleMetrics(log.spool(), log.delivery(), metrics)::text)
        .register(routes);
    return routes.build();
  }

  /**
   * Starts everything; listens when it returns.
   *
   * @throws RuntimeException with one clear sentence when it cannot
   */
  static ServeRole start(Config config, Clocks clocks) {
    // names are asked for every 30 s; the JDK would answer from a memory just as old
    Security.setProperty("networkaddress.cache.ttl", "5");
    return new ServeRole(config, clocks);
  }

  @Override
  public int port(Listener listener) {
    return server.port(listener);
  }

  /** What we serve ourselves, for comparing it with what is written about it. */
  Routes routes() {
    return routes;
  }

  LogRoom log() {
    return log;
  }

  ExplainService explain() {
    return explain;
  }

  /**
   * Finishes what runs, then puts everything away, in the reverse of the order in which it was
   * opened; takes the drain time at most, and a little.
   */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
