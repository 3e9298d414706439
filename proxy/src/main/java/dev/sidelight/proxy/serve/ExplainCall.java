package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.Envelope;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A request for explanations.
 *
 * @param protocol of the body: {@code v1} or {@code v2}
 * @param version the model's, empty for the server's own choice
 * @param parameters from the query string and the like; they win over the body's
 * @param exchange the logged request the body was taken from
 * @param answer what the log says the model answered to the body; empty where it cannot be used
 * @param row the only row to explain; empty for all
 */
public record ExplainCall(
    ServedModel model,
    String protocol,
    String version,
    Body body,
    Map<String, Object> parameters,
    Format defaultFormat,
    CallScope scope,
    Optional<UUID> exchange,
    Optional<LoggedAnswer> answer,
    OptionalInt row,
    Pace pace) {

  public ExplainCall {
    parameters = Map.copyOf(parameters);
  }

  /** Under which its rows are asked: rows of different keys share no call. */
  BatchKey key(Envelope envelope) {
    return new BatchKey(model.name(), version, new HttpBackend.Wire(protocol, envelope), scope);
  }

  /**
   * An answer out of the log.
   *
   * @param revision of the model that gave it; empty where nobody told it
   */
  public record LoggedAnswer(Body body, String revision) {}
}
