package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.explainers.gateway.GatewayRuntime;
import dev.sidelight.explainers.gateway.GatewaySettings;
import dev.sidelight.explainers.gateway.LiveTraffic;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.config.Profile;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One predictor gateway per model, made when it is first needed. Thread-safe. */
public final class Gateways implements AutoCloseable {

  private final Map<String, PredictorGateway> byModel = new ConcurrentHashMap<>();
  private final Function<String, ExplainConfig> config;
  private final ModelClient client;
  private final Function<ServedModel, LiveTraffic> live;
  private final GatewayRuntime runtime;
  private final CodecLimits limits;
  private final long heapBytes;

  /**
   * @param config by the model's name
   * @param live what is known of real traffic to a model's backend
   * @param heapBytes the process's largest heap; bounds follow from it
   */
  public Gateways(
      Function<String, ExplainConfig> config,
      ModelClient client,
      Function<ServedModel, LiveTraffic> live,
      GatewayRuntime runtime,
      CodecLimits limits,
      long heapBytes) {
    this.config = config;
    this.client = client;
    this.live = live;
    this.runtime = runtime;
    this.limits = limits;
    this.heapBytes = heapBytes;
  }

  PredictorGateway of(ServedModel model) {
    return byModel.computeIfAbsent(model.name(), name -> create(model));
  }

  private PredictorGateway create(ServedModel model) {
    ExplainConfig own = config.apply(model.name());
    GatewaySettings settings =
        GatewaySettings.forHeap(heapBytes)
            .withLiveBudgetMillis(
                own.liveBudget().isZero()
                    ? Double.POSITIVE_INFINITY
                    : own.liveBudget().toNanos() / 1e6);
    OptionalInt told =
        own.batchRowsMax() > 0
            ? OptionalInt.of(own.batchRowsMax())
            : model.profile() == Profile.V2 ? client.batchRowsMax(model) : OptionalInt.empty();
    if (told.isPresent()) {
      settings = settings.withRowsPerCallMax(told.getAsInt());
    }
    HttpBackend backend =
        new HttpBackend(
            model,
            client,
            protocol -> InferenceCodecs.of(protocol, limits).orElseThrow(),
            model.profile() == Profile.V2 && client.takesRawTensors(model));
    return new PredictorGateway(settings, backend, live.apply(model), runtime);
  }

  Map<String, GatewayMeters> meters() {
    Map<String, GatewayMeters> meters = new HashMap<>();
    byModel.forEach((model, gateway) -> meters.put(model, gateway.meters()));
    return meters;
  }

  @Override
  public void close() {
    byModel.values().forEach(PredictorGateway::close);
  }
}
