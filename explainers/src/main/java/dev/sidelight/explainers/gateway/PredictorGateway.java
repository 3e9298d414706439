package dev.sidelight.explainers.gateway;

import dev.sidelight.explainers.PredictorSession;
import java.util.Optional;

/**
 * The one way to a model for synthetic rows; one per model. Thread-safe. Callers block, so they
 * belong on virtual threads.
 */
public final class PredictorGateway implements AutoCloseable {

  public PredictorGateway(
      GatewaySettings settings, Backend backend, LiveTraffic live, GatewayRuntime runtime) {}

  /** Empty when the queue is full: an answer (429), not an exception. */
  public Optional<Session> open(SessionSpec spec) {
    return Optional.empty();
  }

  public GatewayMeters meters() {
    return new GatewayMeters(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        java.util.Map.of(),
        0,
        0,
        0,
        0,
        1,
        Integer.MAX_VALUE,
        0,
        0);
  }

  /** What the server's metadata says of its largest batch. */
  public void rowsPerCallMax(int rows) {}

  /** Ends every wait and sends nothing more. */
  @Override
  public void close() {}

  /** One explanation's way to the model. {@link #cancel} may come from any thread. */
  public interface Session extends PredictorSession, AutoCloseable {
    /** Drops what waits; a blocked {@link #ask} ends with kind CANCELLED. */
    void cancel();

    @Override
    void close();
  }
}
