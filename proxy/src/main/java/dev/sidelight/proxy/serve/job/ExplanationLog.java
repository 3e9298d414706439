package dev.sidelight.proxy.serve.job;

import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.PayloadEvent.Report;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Explanations as events of the log: each is one, linked to the request it speaks of. Thread-safe.
 */
public final class ExplanationLog {

  static final String KIND = "explanation";
  static final String IMPORTANCE = "importance";

  private final Consumer<Report> log;
  private final Optional<EventStore> store;
  private final LongSupplier wallMicros;

  /**
   * @param log takes reports without blocking; may leave one out, and counts it then
   * @param store empty when the embedded store is off: then nothing is found again here
   */
  public ExplanationLog(Consumer<Report> log, Optional<EventStore> store, LongSupplier wallMicros) {
    this.log = log;
    this.store = store;
    this.wallMicros = wallMicros;
  }

  /** Takes all that succeeded. Never blocks; under pressure what is not taken is counted there. */
  void keep(ExplainResult result) {
    for (ExplainResult.Row row : result.rows()) {
      if (row instanceof Explained explained) {
        report(
            explained.id(),
            KIND,
            result.exchange(),
            model(result.model().name(), result.version()),
            ExplainDocuments.writeNative(result, explained));
      }
    }
  }

  /** Takes a document of another kind. */
  void keep(UUID id, String kind, String model, byte[] json) {
    report(id, kind, Optional.empty(), model(model, ""), json);
  }

  private static ModelRef model(String name, String version) {
    return ModelRef.of(name).withVersion(version);
  }

  private void report(UUID id, String kind, Optional<UUID> exchange, ModelRef model, byte[] json) {
    log.accept(new Report(id, kind, exchange.orElse(null), model, wallMicros.getAsLong(), json));
  }

  /** An explanation that is only in the log any more. */
  public Optional<StoredReport> find(UUID id) {
    return store
        .flatMap(s -> s.report(id))
        .filter(report -> report.kind().equals(KIND) || report.kind().equals(IMPORTANCE));
  }
}
