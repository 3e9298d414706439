package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.codec.InferenceRequest;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.config.ExplainConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Explains requests, all their rows, synchronously. Blocks: call it on a virtual thread.
 * Thread-safe.
 */
public final class ExplainService implements AutoCloseable {

  /** Rows of one synchronous call. */
  public static final int ROWS_MAX = 32;

  private final Function<String, ExplainConfig> config;
  private final References references;
  private final Gateways gateways;
  private final ExplainMeters meters;
  private final BooleanSupplier shedding;
  private final CodecLimits limits;
  private final Map<String, Admission> admissions = new ConcurrentHashMap<>();
  private final RowExplainer rows;

  /**
   * @param config by the model's name
   */
  public ExplainService(
      Function<String, ExplainConfig> config,
      int workers,
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
    this.rows = new RowExplainer(meters, workers > 0 ? workers : Integer.MAX_VALUE);
  }

  /**
   * Throws {@link ServeException}, {@link dev.sidelight.core.codec.CodecException}, {@link
   * dev.sidelight.explainers.ExplainException} or {@link
   * dev.sidelight.core.predict.PredictorException} when there is no answer at all.
   */
  public ExplainResult explain(ExplainCall call) {
    ServedModel model = call.model();
    if (!model.profile().hasRows()) {
      throw ServeException.of(
          "explain_unsupported",
          "the model's profile is " + model.protocol() + ": its bodies are not read");
    }
    ExplainConfig own = config.apply(model.name());
    Admission admission =
        admissions.computeIfAbsent(
            model.name(), name -> new Admission(own.rowsRunningMax(), shedding));
    admission.refuseWhileShedding();
    InferenceRequest request = decode(call);
    int asked = request.instances().rows();
    if (call.row().isPresent() && (call.row().getAsInt() < 0 || call.row().getAsInt() >= asked)) {
      throw ServeException.of("parameter_range", "the request has " + asked + " rows")
          .at("/row", "in [0, " + (asked - 1) + "]", Integer.toString(call.row().getAsInt()));
    }
    ReferenceFit fit = references.of(model).fit(request.instances(), call.protocol());
    Map<String, Object> given = new HashMap<>(request.explainParameters());
    given.putAll(call.parameters());
    ExplainOptions options =
        new ExplainParameters(given, own, fit.reference().size()).read(call.defaultFormat());
    int count = call.row().isPresent() ? 1 : asked;
    try (Admission.Permit _ = admission.admit((long) options.budget().rowsMax() * count)) {
      return rows.explain(
          call, fit, answers(call, asked), request.envelope(), options, gateways.of(model));
    }
  }

  /** What the model has answered before, where it is still the same model. */
  private Optional<Instances> answers(ExplainCall call, int rows) {
    if (call.answer().isEmpty()) {
      return Optional.empty();
    }
    Body body = call.answer().get().body();
    String current = references.of(call.model()).revision();
    try {
      InferenceCodec codec = codec(call.protocol(), limits);
      String named = call.answer().get().revision();
      String revision = named.isEmpty() ? codec.revision(body) : named;
      if (!revision.equals(current)) {
        return Optional.empty();
      }
      return Optional.of(codec.decodeResponse(body)).filter(answers -> answers.rows() == rows);
    } catch (CodecException e) {
      return Optional.empty(); // then the row is asked again
    }
  }

  /** Where one row of many is asked for, the others are read; else many are refused unread. */
  private InferenceRequest decode(ExplainCall call) {
    if (call.row().isPresent()) {
      return codec(call.protocol(), limits).decodeRequest(call.body());
    }
    try {
      return codec(call.protocol(), limits.withRowsMax(ROWS_MAX)).decodeRequest(call.body());
    } catch (CodecException e) {
      throw e.code().equals("rows_too_many") ? tooLarge(e) : e;
    }
  }

  private static ServeException tooLarge(CodecException e) {
    return ServeException.of(
            "explain_too_large",
            ("a synchronous call explains at most %d rows and got %s; each row may cost %d"
                    + " predictor rows")
                .formatted(ROWS_MAX, e.found(), Budget.defaults().rowsMax()))
        .at(e.pointer(), "<= " + ROWS_MAX + " rows", e.found())
        .hint(
            "send at most "
                + ROWS_MAX
                + " rows in a call; more rows are a task for asynchronous explanation, which this"
                + " version does not have");
  }

  private static InferenceCodec codec(String protocol, CodecLimits limits) {
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
