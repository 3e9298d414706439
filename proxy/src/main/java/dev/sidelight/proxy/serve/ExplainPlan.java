package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Envelope;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.LoggedPredictions;
import java.util.List;
import java.util.Optional;

/**
 * A request for explanations that has been read and found good: nothing has been asked of the model
 * yet.
 */
public final class ExplainPlan {

  private final ExplainCall call;
  private final ReferenceFit fit;
  private final Envelope envelope;
  private final ExplainOptions options;
  private final List<Instances> rows;
  private final Optional<LoggedPredictions> logged;
  private final String requestId;
  private final long madeMillis;

  ExplainPlan(
      ExplainCall call,
      ReferenceFit fit,
      Envelope envelope,
      ExplainOptions options,
      List<Instances> rows,
      Optional<LoggedPredictions> logged,
      String requestId,
      long madeMillis) {
    this.call = call;
    this.fit = fit;
    this.envelope = envelope;
    this.options = options;
    this.rows = List.copyOf(rows);
    this.logged = logged;
    this.requestId = requestId;
    this.madeMillis = madeMillis;
  }

  public ServedModel model() {
    return call.model();
  }

  public ExplainCall call() {
    return call;
  }

  public ExplainOptions options() {
    return options;
  }

  ReferenceFit fit() {
    return fit;
  }

  Envelope envelope() {
    return envelope;
  }

  /** One instance each. */
  List<Instances> rows() {
    return rows;
  }

  /** What the traffic says, for methods that start from it. */
  LoggedPredictions logged() {
    return logged.orElseThrow();
  }

  /** Of the rows that explanations are measured against. */
  public String referenceId() {
    return fit.reference().id();
  }

  /** What the body calls itself; empty for nothing. */
  public String requestId() {
    return requestId;
  }

  /** Number of rows to explain. */
  public int size() {
    return rows.size();
  }

  /** Number of a row in the request's body. */
  int rowNumber(int at) {
    return call.row().isPresent() ? call.row().getAsInt() : at;
  }

  /** What they would be answered with before any row is done. */
  ExplainResult empty() {
    return new ExplainResult(
        call.model(),
        call.version(),
        fit.reference(),
        options,
        call.exchange(),
        madeMillis,
        rows.size() > 1,
        List.of());
  }

  /** Equal for two requests exactly when one answer serves both. */
  public String naturalKey() {
    return NaturalKey.of(this);
  }
}
