package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Importance from traffic: logged rows, stratified by what the model said, each explained over the
 * same background with the same coalitions. What lies in the log already is not computed again, so
 * a job that was cut off goes on where it stood.
 */
final class ImportanceWork implements Work {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImportanceSpec spec;
  private final EventStore store;
  private final LoggedRun run;
  private final StratifiedRows rows;
  private final BiFunction<UUID, Integer, ExplainPlan> plans;
  private final ExplanationLog log;
  private final BooleanSupplier isClosing;

  /**
   * @param isClosing whether the process is ending
   * @param plans the question about one row of one logged request
   */
  ImportanceWork(
      ImportanceSpec spec,
      EventStore store,
      LoggedRun run,
      StratifiedRows rows,
      BiFunction<UUID, Integer, ExplainPlan> plans,
      ExplanationLog log,
      BooleanSupplier isClosing) {
    this.spec = spec;
    this.store = store;
    this.run = run;
    this.rows = rows;
    this.plans = plans;
    this.log = log;
    this.isClosing = isClosing;
  }

  @Override
  public JobResult run(UUID id, JobProgress progress) {
    List<StratifiedRows.Place> places = rows.choose(spec.requests(), spec.seed());
    if (places.isEmpty()) {
      throw ServeException.of(
          "reference_not_ready", "no logged request of this model passes the filter");
    }
    progress.expect(places.size(), 0);
    ImportanceJson importance = new ImportanceJson();
    List<LoggedRun.Item> items = new ArrayList<>();
    String reference = "";
    for (StratifiedRows.Place place : places) {
      ExplainPlan plan = plans.apply(place.request(), place.row());
      reference = plan.referenceId();
      JsonNode known = known(place, reference);
      if (known.isMissingNode()) {
        items.add(new LoggedRun.Item(place.request(), () -> plan));
      } else {
        importance.add(known);
        progress.skipped();
      }
    }
    run.run(items, progress, result -> add(importance, result));
    if (importance.explained() == 0) {
      throw new PredictorException(
          PredictorException.Kind.CANCELLED, "no row was explained before it was ended");
    }
    byte[] document = document(id, importance, reference, progress);
    if (!isClosing.getAsBoolean()) { // else it goes on after the restart, under the same id
      log.keep(id, ExplanationLog.IMPORTANCE, spec.model(), document);
    }
    return new JobResult.Document(document, !run.isStopped());
  }

  /** The same question's answer, if the log has it: same row, background and coalitions. */
  private JsonNode known(StratifiedRows.Place place, String reference) {
    for (StoredReport report : store.reports(place.request())) {
      if (report.kind().equals(ExplanationLog.KIND)) {
        JsonNode document = read(report.json());
        boolean same =
            document.path("kind").asText().equals("attribution")
                && document.path("row").asInt(-1) == place.row()
                && document.path("seed").asLong() == spec.seed()
                && document.at("/reference/id").asText().equals(reference)
                && !document.path("stopped").asText().equals("cancelled");
        if (same) {
          return document;
        }
      }
    }
    return JSON.missingNode();
  }

  private static void add(ImportanceJson importance, ExplainResult result) {
    for (ExplainResult.Row row : result.rows()) {
      if (row instanceof Explained explained) {
        importance.add(read(ExplainDocuments.writeNative(result, explained)));
      }
    }
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // our own document
    }
  }

  private byte[] document(
      UUID id, ImportanceJson importance, String reference, JobProgress progress) {
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", "importance");
    node.put("id", ExplanationId.text(id));
    node.putObject("model").put("name", spec.model());
    node.put("filter", spec.filter());
    node.put("requested", spec.requests());
    node.put("explained", importance.explained());
    node.put("failed", progress.reading().failed());
    node.put("complete", !run.isStopped());
    node.put("seed", spec.seed());
    node.putObject("reference").put("id", reference);
    node.set("features", importance.features());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    run.stop();
  }

  @Override
  public void drop() {
    run.drop();
  }
}
