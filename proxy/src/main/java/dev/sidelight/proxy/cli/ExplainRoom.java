package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.explainers.gateway.GatewayRuntime;
import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.serve.ExplainMeters;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.Gateways;
import dev.sidelight.proxy.serve.ServedModel;
import dev.sidelight.proxy.serve.job.ExplanationLog;
import dev.sidelight.proxy.serve.job.Jobs;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What explains: gateways to the models, the service over them, its jobs. */
final class ExplainRoom implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gateways gateways;
  private final ExplainService service;
  private final Jobs jobs;

  /**
   * @param live what is known of real traffic to a model's backend
   * @param store empty where no traffic is kept
   * @param log takes what was explained
   */
  ExplainRoom(
      Config config,
      ModelRoom models,
      Function<ServedModel, LiveTraffic> live,
      BooleanSupplier shedding,
      Optional<EventStore> store,
      ExplanationLog log) {
    InstantSource clock = InstantSource.system();
    this.gateways = gateways(config, models, live, threads);
    this.service =
        new ExplainService(
            config::explainOf,
            config.explain().workers(),
            models.references(),
            gateways,
            new ExplainMeters(),
            shedding,
            CodecLimits.defaults(),
            store,
            clock::millis);
    this.jobs = new Jobs(service, log, clock::millis, Runtime.getRuntime().maxMemory() / 20);
  }

  private static Gateways gateways(
      Config config,
      ModelRoom models,
      Function<ServedModel, LiveTraffic> live,
      ExecutorService threads) {
    SecureRandom random = new SecureRandom();
    GatewayRuntime runtime =
        new GatewayRuntime(
            System::nanoTime,
            threads,
            random.nextLong(),
            new GatewayRuntime.HashKey(random.nextLong(), random.nextLong()));
    return new Gateways(
        config::explainOf,
        models.client(),
        live,
        runtime,
        CodecLimits.defaults(),
        Runtime.getRuntime().maxMemory());
  }

  Gateways gateways() {
    return gateways;
  }

  ExplainService service() {
    return service;
  }

  Jobs jobs() {
    return jobs;
  }

  @Override
  public void close() {
    jobs.close();
    service.close();
    threads.shutdownNow(); // calls under way have nobody who waits for them
  }
}
