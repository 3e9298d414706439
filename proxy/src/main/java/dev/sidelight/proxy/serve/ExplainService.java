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
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.serve.PlayersParameters.Data;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Explains requests, all their rows: first {@link #plan}, which finds every fault of the request
 * without asking the model (save once, about the rows of a large reference file), then {@link
 * #run}. Blocks: call it on a virtual thread. Thread-safe.
 */
public final class ExplainService implements AutoCloseable {

  private final Function<String, ExplainConfig> config;
  private final References references;
  private final Gateways gateways;
  private final ExplainMeters meters;
  private final BooleanSupplier shedding;
  private final CodecLimits limits;
  private final TrafficAnswers answers;
  private final LongSupplier wallMillis;
  private final Map<String, Admission> admissions = new ConcurrentHashMap<>();
  private final ShedWatch shedWatch;
  private final RowExplainer rows;
  private final FileAnswers fileAnswers;

  /**
   * @param config by the model's name
   * @param store where answers given before are found; empty when none is kept
   */
  public ExplainService(
      Function<String, ExplainConfig> config,
      int workers,
      References references,
      Gateways gateways,
      ExplainMeters meters,
      BooleanSupplier shedding,
      CodecLimits limits,
      Optional<EventStore> store,
      LongSupplier wallMillis) {
    this.config = config;
    this.references = references;
    this.gateways = gateways;
    this.meters = meters;
    this.shedding = shedding;
    this.limits = limits;
    this.answers = new TrafficAnswers(store, limits);
    this.fileAnswers = new FileAnswers(gateways);
    this.wallMillis = wallMillis;
    this.shedWatch = new ShedWatch(shedding, System::nanoTime);
    this.rows = new RowExplainer(meters, workers > 0 ? workers : Integer.MAX_VALUE);
  }

  /**
   * Reads a request.
   *
   * @throws ServeException {@code explain_unsupported}, {@code explain_shed}, {@code
   *     explain_too_large}, {@code reference_not_ready}, {@code shape_mismatch}, and what {@link
   *     ExplainParameters} refuses
   * @throws CodecException when the body cannot be read
   */
  public ExplainPlan plan(ExplainCall call) {
    ServedModel model = call.model();
    if (!model.profile().hasRows()) {
      throw ServeException.of(
          "explain_unsupported",
          "the model's profile is " + model.protocol() + ": its bodies are not read");
    }
    if (call.pace() == Pace.SYNC) {
      admission(model).refuseWhileShedding();
    }
    InferenceRequest request = decode(call);
    int asked = request.instances().rows();
    if (call.row().isPresent() && (call.row().getAsInt() < 0 || call.row().getAsInt() >= asked)) {
      throw ServeException.of("parameter_range", "the request has " + asked + " rows")
          .at("/row", "in [0, " + (asked - 1) + "]", Integer.toString(call.row().getAsInt()));
    }
    Map<String, Object> given = new HashMap<>(request.explainParameters());
    given.putAll(call.parameters());
    ExplainParameters parameters =
        new ExplainParameters(given, config.apply(model.name()), call.pace());
    ModelReference reference = references.of(model);
    Method method = parameters.method();
    Data data = data(parameters, method, request.instances(), reference);
    if (data == Data.TABLE && method != Method.ANCHOR && method != Method.RULE) {
      fileAnswers.decide(model, call.key(request.envelope()), reference, request.instances());
    }
    ReferenceFit fit = fit(data, method, request.instances(), reference, call.protocol());
    int backgroundRows = data == Data.TABLE ? fit.reference().size() : 1;
    ExplainOptions options = parameters.read(call.defaultFormat(), backgroundRows, data);
    List<Instances> chosen = chosen(fit.request(), call);
    List<Instances> known = known(call, asked).map(all -> chosen(all, call)).orElse(List.of());
    ReferenceFit columns = fit;
    PlayersParameters.Parts parts =
        parameters
            .players()
            .parts(data, chosen, at -> reference.row(at, columns.request(), call.protocol()));
    return new ExplainPlan(
        call,
        new ExplainPlan.Rows(chosen, fit, parts, known),
        request.envelope(),
        options,
        method == Method.COUNTERFACTUAL
            ? Optional.of(answers.of(call, fit.request()))
            : Optional.empty(),
        request.id(),
        wallMillis.getAsLong());
  }

  /** What the model has answered before, where it is still the same model. */
  private Optional<Instances> known(ExplainCall call, int rows) {
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
      return Optional.of(codec.decodeResponse(body)).filter(found -> found.rows() == rows);
    } catch (CodecException e) {
      return Optional.empty(); // then the row is asked again
    }
  }

  /** Counterfactuals and given rules are about columns. */
  private static Data data(
      ExplainParameters parameters, Method method, Instances rows, ModelReference reference) {
    boolean columns = method == Method.COUNTERFACTUAL || method == Method.RULE;
    return columns ? Data.TABLE : parameters.players().data(rows, reference.schema());
  }

  private static ReferenceFit fit(
      Data data, Method method, Instances rows, ModelReference reference, String protocol) {
    if (data != Data.TABLE) {
      return reference.without(rows);
    }
    return method == Method.ANCHOR || method == Method.RULE
        ? reference.fitPopulation(rows, protocol)
        : reference.fit(rows, protocol);
  }

  private static List<Instances> chosen(Instances all, ExplainCall call) {
    List<Instances> rows = new ArrayList<>();
    for (int r = 0; r < all.rows(); r++) {
      if (call.row().isEmpty() || call.row().getAsInt() == r) {
        rows.add(all.rowsAt(r));
      }
    }
    return rows;
  }

  /** What a plan is expected to cost. */
  public PlanEstimate estimate(ExplainPlan plan) {
    return PlanEstimate.of(plan, gateways.of(plan.model()).meters());
  }

  /**
   * Explains what was planned. Rows fail alone; only when all fail, the first failure is thrown.
   *
   * @param id of the explanation where it is only one
   * @throws ServeException {@code quota_exceeded}, {@code explain_shed}
   * @throws dev.sidelight.explainers.ExplainException when there is no honest answer
   * @throws dev.sidelight.core.predict.PredictorException when the backend failed or all was
   *     stopped before a first result
   */
  public ExplainResult run(ExplainPlan plan, UUID id, RunControl control, RowListener listener) {
    RowExplainer.Run run =
        new RowExplainer.Run(
            plan,
            id,
            control,
            listener,
            gateways.of(plan.model()),
            admission(plan.model()),
            System.nanoTime(),
            config.apply(plan.model().name()).syncDeadline().toNanos());
    try (AutoCloseable _ = shedWatch.watch(control)) {
      return rows.explain(run);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // the watch's close throws nothing
    }
  }

  private Admission admission(ServedModel model) {
    return admissions.computeIfAbsent(
        model.name(), name -> new Admission(config.apply(name).rowsRunningMax(), shedding));
  }

  /** Where one row of many is asked for, the others are read; else many are refused unread. */
  private InferenceRequest decode(ExplainCall call) {
    if (call.row().isPresent()) {
      return codec(call.protocol(), limits).decodeRequest(call.body());
    }
    int most = call.pace().rowsMax();
    try {
      return codec(call.protocol(), limits.withRowsMax(most)).decodeRequest(call.body());
    } catch (CodecException e) {
      throw e.code().equals("rows_too_many") ? tooLarge(e, call.pace()) : e;
    }
  }

  private static ServeException tooLarge(CodecException e, Pace pace) {
    boolean sync = pace == Pace.SYNC;
    ServeException refused =
        ServeException.of(
                "explain_too_large",
                ("a%s call explains at most %d rows and got %s; each row may cost %d"
                        + " predictor rows")
                    .formatted(
                        sync ? " synchronous" : "n asynchronous",
                        pace.rowsMax(),
                        e.found(),
                        Budget.defaults().rowsMax()))
            .at(e.pointer(), "<= " + pace.rowsMax() + " rows", e.found());
    return sync
        ? refused.hint(
            "an asynchronous call takes %d rows: add ?async=true, or send fewer"
                .formatted(Pace.ASYNC.rowsMax()))
        : refused.hint("send fewer rows in a call");
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
