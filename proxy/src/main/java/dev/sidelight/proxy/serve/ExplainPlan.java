package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Envelope;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.Occlusion;
import java.util.List;
import java.util.Optional;

/**
 * A request for explanations that has been read and found good: nothing has been asked of the model
 * yet.
 */
public final class ExplainPlan {

  private final ExplainCall call;
  private final Rows rows;
  private final Envelope envelope;
  private final ExplainOptions options;
  private final Optional<LoggedPredictions> logged;
  private final String requestId;
  private final long madeMillis;

  /**
   * What is explained.
   *
   * @param each one instance each
   * @param parts of each those that can be hidden; none where columns are the players
   * @param known of each what the log says the model answers; empty where it has to be asked
   */
  record Rows(
      List<Instances> each,
      ReferenceFit fit,
      PlayersParameters.Parts parts,
      List<Instances> known) {
    Rows {
      each = List.copyOf(each);
      known = List.copyOf(known);
    }
  }

  ExplainPlan(
      ExplainCall call,
      Rows rows,
      Envelope envelope,
      ExplainOptions options,
      Optional<LoggedPredictions> logged,
      String requestId,
      long madeMillis) {
    this.call = call;
    this.rows = rows;
    this.envelope = envelope;
    this.options = options;
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
    return rows.fit();
  }

  Envelope envelope() {
    return envelope;
  }

  /** One instance each. */
  List<Instances> rows() {
    return rows.each();
  }

  /** The parts of a row that can be hidden, where they are the players. */
  Optional<Occlusion> occlusion(int at) {
    List<Occlusion> each = rows.parts().each();
    return each.isEmpty() ? Optional.empty() : Optional.of(each.get(at));
  }

  /** How rows are taken apart and what hides a part of them. */
  String parts() {
    return rows.parts().how();
  }

  /** What the log says the model answers to a row; empty where it has to be asked. */
  Optional<Instances> known(int at) {
    return rows.known().isEmpty() ? Optional.empty() : Optional.of(rows.known().get(at));
  }

  /** What the traffic says, for methods that start from it. */
  LoggedPredictions logged() {
    return logged.orElseThrow();
  }

  /** Of the rows that explanations are measured against. */
  public String referenceId() {
    return rows.fit().reference().id();
  }

  /** What the body calls itself; empty for nothing. */
  public String requestId() {
    return requestId;
  }

  /** Number of rows to explain. */
  public int size() {
    return rows.each().size();
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
        rows.fit().reference(),
        options,
        call.exchange(),
        madeMillis,
        rows.each().size() > 1,
        List.of());
  }

  /** Equal for two requests exactly when one answer serves both. */
  public String naturalKey() {
    return NaturalKey.of(this);
  }
}
