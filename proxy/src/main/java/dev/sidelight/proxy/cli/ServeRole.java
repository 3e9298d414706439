package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.explainers.gateway.GatewayRuntime;
import dev.sidelight.logger.EventLog.From;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.Access;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.http.Server;
import dev.sidelight.proxy.http.Wiring;
import dev.sidelight.proxy.http.api.ApiRoutes;
import dev.sidelight.proxy.http.api.ProbeRoutes;
import dev.sidelight.proxy.serve.ExplainMeters;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.Gateways;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelClient;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.RowCounts;
import dev.sidelight.proxy.serve.TrafficReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The role {@code serve}, put together: proxy, log, explanations, page. */
final class ServeRole implements AutoCloseable {

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

  private final Config config;
  private final ModelClient client = new ModelClient();
  private final LogRoom log;
  private final References references;
  private final TrafficReader reader;
  private final ExplainService explain;
  private final Server server;
  private final BackgroundLookups lookups;

  private ServeRole(Config config, Clocks clocks) {
    this.config = config;
    CodecLimits limits = CodecLimits.defaults();
    SecureRandom random = new SecureRandom();
    ModelRegistry registry = new ModelRegistry(config, client, System::nanoTime);
    this.references = new References(referenceDir(config), limits);
    LoggedRows rows = new LoggedRows(registry, references, limits);
    this.log = LogRoom.open(config, new RowCounts(), rows, InstantSource.system());
    Backends backends = new Backends(config);
    ServerHandle handle = new ServerHandle();
    ExplainMeters meters = new ExplainMeters();
    Gateways gateways =
        new Gateways(
            config.explain(),
            client,
            backends::liveTraffic,
            new GatewayRuntime(
                System::nanoTime,
                Executors.newVirtualThreadPerTaskExecutor(),
                random.nextLong(),
                new GatewayRuntime.HashKey(random.nextLong(), random.nextLong())),
            limits,
            Runtime.getRuntime().maxMemory());
    this.explain =
        new ExplainService(
            config.explain(), references, gateways, meters, handle::isShedding, limits);
    this.reader =
        new TrafficReader(
            log.spool().cursor("reference", From.OLDEST), registry, references, limits);
    this.lookups = new BackgroundLookups(registry);
    Routes.Builder routes = Routes.builder();
    backends.register(routes);
    ApiRoutes api =
        new ApiRoutes(
            config,
            registry,
            references,
            explain,
            log.spool(),
            log.store(),
            rows,
            clocks.wallMicros());
    api.register(routes);
    new ProbeRoutes(handle, new RoleMetrics(log.spool(), log.delivery(), explain)::text)
        .register(routes);
    Wiring wiring =
        new Wiring(
            loop -> log.spool().sink(loop),
            clocks.wallMicros(),
            clocks.origin(),
            lookups,
            Access.ANONYMOUS,
            "",
            "");
    this.server = Server.start(config, routes.build(), wiring, random.nextLong());
    handle.set(server);
    reader.start();
  }

  /**
   * Starts everything; listens when it returns.
   *
   * @throws RuntimeException with one clear sentence when it cannot
   */
  static ServeRole start(Config config, Clocks clocks) {
    return new ServeRole(config, clocks);
  }

  private static Path referenceDir(Config config) {
    if (!config.reference().dir().isEmpty()) {
      return Path.of(config.reference().dir());
    }
    return Path.of(config.embedded().dir()).toAbsolutePath().resolveSibling("reference");
  }

  int port(Listener listener) {
    return server.port(listener);
  }

  LogRoom log() {
    return log;
  }

  ExplainService explain() {
    return explain;
  }

  /** Finishes what runs, then puts everything away; at most the drain time and a little. */
  @Override
  public void close() {
    server.close(config.timeouts().drain());
    lookups.close();
    explain.close();
    reader.close();
    references.close();
    log.close();
    client.close();
  }
}
