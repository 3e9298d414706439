package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.http.wire.WireSettings;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all loops of a server share: settings, routes, counters, the health of backends. */
final class ServerState {

  private static final Logger LOG = LoggerFactory.getLogger(ServerState.class);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Config config;
  private final Wiring wiring;
  private final Routes routes;
  private final RoutePolicy policy;
  private final WireSettings wire;
  private final DataPathMetrics metrics = new DataPathMetrics();
  private final Shedder shedder = new Shedder();
  private final Map<Backend, BackendState> backends = new ConcurrentHashMap<>();
  private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - MINUTE);
  private final LongAdder calls = new LongAdder();
  private final TrustedProxies trusted;
  private final long seed;
  private volatile boolean draining;

  /**
   * @param seed of event ids: another one in every process
   */
  ServerState(Config config, Wiring wiring, Routes routes, Resolver resolver, long seed) {
    this.config = config;
    this.wiring = wiring;
    this.routes = routes;
    this.seed = seed;
    this.policy = RoutePolicy.of(config, config.profile());
    this.trusted = new TrustedProxies(config.headers().trustedProxies());
    var limits = config.limits();
    this.wire =
        new WireSettings(
            limits.headBytesMax().asInt(),
            limits.fieldsMax(),
            limits.targetBytesMax().asInt(),
            8 << 10,
            /* encodedSlashes= */ false,
            Set.copyOf(config.headers().identityHeaders()));
    for (Backend backend : routes.backends()) {
      backends.put(
          backend,
          new BackendState(
              backend,
              resolver,
              config.headers().preserveHost(),
              config.headers().forwardAuthorization()));
    }
  }

  Config config() {
    return config;
  }

  /** What holds where no route has its own word. */
  RoutePolicy policy() {
    return policy;
  }

  Wiring wiring() {
    return wiring;
  }

  Routes routes() {
    return routes;
  }

  WireSettings wireSettings() {
    return wire;
  }

  DataPathMetrics metrics() {
    return metrics;
  }

  Shedder shedder() {
    return shedder;
  }

  Map<Backend, BackendState> backends() {
    return backends;
  }

  BackendState state(Backend backend) {
    BackendState state = backends.get(backend);
    if (state == null) {
      throw new IllegalStateException("no route named backend " + backend.name());
    }
    return state;
  }

  /** Endpoint calls running. */
  LongAdder calls() {
    return calls;
  }

  /** An explanation was answered; names that are not registered share a label. */
  void explained(String model, long nanos) {
    metrics.explained(wiring.models().isRegistered(model) ? model : "_other", nanos);
  }

  /** Everything that is measured here. */
  void append(MetricsText out) {
    metrics.append(out, config.metrics().kserve());
    out.family("sidelight_circuit_state", "gauge", "0 closed, 1 open, 2 half open.");
    backends
        .values()
        .forEach(
            each ->
                out.sample(
                    "sidelight_circuit_state",
                    "backend=\"" + MetricsText.escaped(each.backend().name()) + "\"",
                    each.circuitGauge()));
    out.gauge("sidelight_shed_level", "What is being shed, 0 to 3.", shedder.level());
    out.gauge("sidelight_config_generation", "Of the settings in force.", 1);
    out.gauge(
        "sidelight_direct_memory_bytes",
        "Direct memory of the buffer pool.",
        PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
    String version = ServerState.class.getPackage().getImplementationVersion();
    out.family("sidelight_build_info", "gauge", "The build that runs.")
        .sample(
            "sidelight_build_info",
            "version=\"" + (version == null ? "dev" : MetricsText.escaped(version)) + "\"",
            1);
  }

  TrustedProxies trusted() {
    return trusted;
  }

  int loopCount() {
    return config.runtime().effectiveLoops();
  }

  long seed() {
    return seed;
  }

  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  void circuitFailed(BackendAddress address) {
    if (address.circuit().failed(System.nanoTime())) {
      LOG.warn("backend {} takes no connection: its circuit is open", address);
    }
  }

  /** A fault of our own. At most one line a minute. */
  void unexpected(Throwable thrown) {
    long last = warnedNanos.get();
    long now = System.nanoTime();
    if (now - last >= MINUTE && warnedNanos.compareAndSet(last, now)) {
      LOG.warn("an unexpected fault on an event loop or in an endpoint", thrown);
    }
  }
}
