package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.codec.InferenceRequest;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.RowAnswers;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.SessionSpec;
import java.time.Duration;
import java.util.Map;

/** Asks the model about one row that nobody sent: one call, marked as synthetic. Thread-safe. */
public final class WhatIf {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Gateways gateways;
  private final LoggedRows reader;
  private final CodecLimits limits;

  public WhatIf(Gateways gateways, LoggedRows reader, CodecLimits limits) {
    this.gateways = gateways;
    this.reader = reader;
    this.limits = limits;
  }

  /**
   * @param call of whose parameters nothing is read; its body is one row
   * @throws ServeException {@code explain_unsupported}, {@code quota_exceeded}
   * @throws ExplainException {@code row_refused} when the model gives the row no usable answer
   * @throws dev.sidelight.core.codec.CodecException when the body cannot be read or has more rows
   * @throws dev.sidelight.core.predict.PredictorException when the backend fails
   */
  public RowView predict(ExplainCall call) {
    InferenceRequest request = read(call, limits.withRowsMax(1));
    return answered(call, request, request.instances());
  }

  /**
   * The same of one row of a larger body, some of its values changed.
   *
   * @param row of the body
   * @param changes text by column
   * @throws ServeException also {@code parameter_range} for a text that is no value of its column
   */
  public RowView predict(ExplainCall call, int row, Map<Integer, String> changes) {
    InferenceRequest request = read(call, limits);
    return answered(call, request, ChangedRow.of(request.instances().rowsAt(row), changes));
  }

  private static InferenceRequest read(ExplainCall call, CodecLimits limits) {
    return InferenceCodecs.of(call.protocol(), limits)
        .orElseThrow(
            () ->
                ServeException.of(
                    "explain_unsupported",
                    "bodies of protocol '" + call.protocol() + "' are not read"))
        .decodeRequest(call.body());
  }

  private RowView answered(ExplainCall call, InferenceRequest request, Instances row) {
    return reader.view(call.model(), row, outputs(call, call.key(request.envelope()), row));
  }

  private Instances outputs(ExplainCall call, BatchKey key, Instances row) {
    SessionSpec spec = SessionSpec.interactive(key, DEADLINE);
    try (PredictorGateway.Session session =
        gateways
            .of(call.model())
            .open(spec)
            .orElseThrow(
                () ->
                    ServeException.of("quota_exceeded", "the queue of rows to this model is full")
                        .retryAfter(2))) {
      RowAnswers answers = session.ask(row);
      if (answers.failed().get(0)) {
        throw new ExplainException("row_refused", "", "the model gave this row no usable answer");
      }
      return answers.outputs();
    }
  }
}
