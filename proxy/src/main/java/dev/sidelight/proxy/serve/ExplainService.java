package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.codec.InferenceRequest;
import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.config.Profile;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Explains requests, all their rows, synchronously. Blocks: call it on a virtual thread.
 * Thread-safe.
 */
public final class ExplainService implements AutoCloseable {

  /** Rows of one synchronous call. */
  public static final int ROWS_MAX = 32;

  private final ExplainConfig config;
  private final References references;
  private final Gateways gateways;
  private final ExplainMeters meters;
  private final BooleanSupplier shedding;
  private final CodecLimits limits;
  private final Map<String, Admission> admissions = new ConcurrentHashMap<>();
  private final RowExplainer rows;

  public ExplainService(
      ExplainConfig config,
      References references,
      Gateways gateways,
      ExplainMeters meters,
      BooleanSupplier shedding,
      CodecLimits limits) {
    this.config = config;
    this.references = references;
    this.gateways = gateways;
    this.meters = meters;
    this.shedding = shedding;
    this.limits = limits;
    this.rows = new RowExplainer(meters);
  }

  /**
   * Throws {@link ServeException}, {@link dev.sidelight.core.codec.CodecException}, {@link
   * dev.sidelight.explainers.ExplainException} or {@link
   * dev.sidelight.core.predict.PredictorException} when there is no answer at all.
   */
  public ExplainResult explain(ExplainCall call) {
    ServedModel model = call.model();
    if (model.profile() == Profile.RAW) {
      throw ServeException.of(
          "explain_unsupported", "the model's profile is raw: its bytes are not read");
    }
    InferenceCodec codec = codec(call.protocol());
    InferenceRequest request = codec.decodeRequest(call.body());
    int asked = request.instances().rows();
    if (call.row().isEmpty() && asked > ROWS_MAX) {
      throw tooLarge(asked);
    }
    if (call.row().isPresent() && (call.row().getAsInt() < 0 || call.row().getAsInt() >= asked)) {
      throw ServeException.of("parameter_range", "the request has " + asked + " rows")
          .at("/row", "in [0, " + (asked - 1) + "]", Integer.toString(call.row().getAsInt()));
    }
    ReferenceFit fit = references.of(model).fit(request.instances(), call.protocol());
    Map<String, Object> given = new HashMap<>(request.explainParameters());
    given.putAll(call.parameters());
    ExplainOptions options =
        new ExplainParameters(given, config, fit.reference().size()).read(call.defaultFormat());
    int count = call.row().isPresent() ? 1 : asked;
    Admission admission =
        admissions.computeIfAbsent(
            model.name(), name -> new Admission(config.rowsRunningMax(), shedding));
    try (Admission.Permit _ = admission.admit((long) options.budget().rowsMax() * count)) {
      return rows.explain(call, fit, request.envelope(), options, gateways.of(model));
    }
  }

  private ServeException tooLarge(int asked) {
    return ServeException.of(
            "explain_too_large",
            "a synchronous call explains at most %d rows, got %d (up to %d predictor rows)"
                .formatted(
                    ROWS_MAX,
                    asked,
                    asked * (long) dev.sidelight.explainers.Budget.defaults().rowsMax()))
        .at("/instances", "<= " + ROWS_MAX + " rows", asked + " rows")
        .hint("send the rows in several calls");
  }

  private InferenceCodec codec(String protocol) {
    return InferenceCodecs.of(protocol, limits)
        .orElseThrow(
            () ->
                ServeException.of(
                    "explain_unsupported", "bodies of protocol '" + protocol + "' are not read"));
  }

  /** Readings of all gateways by model. */
  public Map<String, GatewayMeters> gatewayMeters() {
    return new TreeMap<>(gateways.meters());
  }

  public ExplainMeters meters() {
    return meters;
  }

  @Override
  public void close() {
    gateways.close();
  }
}
