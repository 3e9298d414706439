package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.Access;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.http.Server;
import dev.sidelight.proxy.http.Wiring;
import dev.sidelight.proxy.http.api.ExplainerRoutes;
import dev.sidelight.proxy.http.api.ProbeRoutes;
import dev.sidelight.proxy.serve.TrafficRows;
import dev.sidelight.proxy.serve.job.ExplanationLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The role {@code explainer}: KServe's explainer component. No log and no page; predictions pass on
 * to the predictor, and rows of them make a reference where none was given.
 */
final class ExplainerRole implements Role {

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Routes routes;
  private final Server server;

  private ExplainerRole(Config config, ServeRole.Clocks clocks) {
    requirePredictor(config);
    try {
      ServerHandle handle = new ServerHandle();
      ModelRoom models = new ModelRoom(config, handle, otherWay(config));
      closing.push(models::close);
      PassingRows passing =
          new PassingRows(
              new TrafficRows(
                  models.registry(), models.references(), CodecLimits.defaults(), System::nanoTime),
              clocks.wallMicros());
      closing.push(passing::close);
      // traffic reaches the predictor on other ways too, unseen: the cap on batches always holds
      ExplainRoom explaining =
          new ExplainRoom(
              config,
              models,
              model -> LiveTraffic.UNSEEN,
              handle::isShedding,
              Optional.empty(),
              new ExplanationLog(report -> {}, Optional.empty(), clocks.wallMicros()));
      closing.push(explaining::close);
      models
          .registry()
          .logged(config.modelName())
          .ifPresent(
              new ArtefactFiles(Path.of(config.reference().artefacts()), models.references())
                  ::giveTo);
      BackgroundLookups lookups = new BackgroundLookups(models.registry());
      closing.push(lookups::close);
      Routes.Builder builder = Routes.builder();
      new Backends(config).registerInference(builder);
      new ExplainerRoutes(
              config,
              models.registry(),
              models.references(),
              explaining.service(),
              explaining.jobs(),
              handle)
          .register(builder);
      new ProbeRoutes(handle, new ExplainMetrics(explaining.service(), explaining.jobs())::text)
          .register(builder);
      this.routes = builder.build();
      Wiring wiring =
          new Wiring(
              loop -> passing,
              clocks.wallMicros(),
              clocks.origin(),
              lookups,
              Access.ANONYMOUS,
              "",
              "");
      this.server = Server.start(config, routes, wiring, new SecureRandom().nextLong());
      closing.push(() -> server.close(config.timeouts().drain()));
      handle.set(server);
    } catch (RuntimeException e) {
      close(); // whatever was opened
      throw e;
    }
  }

  private static void requirePredictor(Config config) {
    if (config.upstream().isEmpty() && config.backends().isEmpty()) {
      throw new IllegalArgumentException(
          "there is no predictor: give --predictor_host host:port, and --predictor_protocol v1|v2");
    }
  }

  private static String otherWay(Config config) {
    return "; or let predictions pass through this address, or start with "
        + Path.of(config.reference().artefacts()).resolve(ArtefactFiles.CSV);
  }

  /**
   * Starts everything; listens when it returns, whether or not the predictor is there.
   *
   * @throws RuntimeException with one clear sentence when it cannot
   */
  static ExplainerRole start(Config config, ServeRole.Clocks clocks) {
    return new ExplainerRole(config, clocks);
  }

  /** What we serve ourselves, for comparing it with what is written about it. */
  Routes routes() {
    return routes;
  }

  @Override
  public int port(Listener listener) {
    return server.port(listener);
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
