package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.ExplanationId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * Explains all logged requests that passed a filter. Each explanation goes into the log beside its
 * request; what is kept here is the list of their ids, and of those that could not be explained the
 * reasons.
 */
final class BulkWork implements Work {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoggedRun run;
  private final List<LoggedRun.Item> items;

  BulkWork(LoggedRun run, List<LoggedRun.Item> items) {
    this.run = run;
    this.items = items;
  }

  @Override
  public JobResult run(UUID id, JobProgress progress) {
    progress.expect(items.size(), 0);
    ObjectNode document = JSON.createObjectNode();
    document.put("kind", "batch");
    document.put("id", ExplanationId.text(id));
    document.put("requests", items.size());
    ArrayNode explanations = document.putArray("explanations");
    run.run(
        items,
        progress,
        result -> add(explanations, result),
        (request, code) ->
            explanations
                .addObject()
                .put("requestId", request.toString())
                .putObject("error")
                .put("code", code));
    document.put("complete", !run.isStopped());
    document.put("failed", progress.reading().failed());
    try {
      return new JobResult.Document(JSON.writeValueAsBytes(document), !run.isStopped());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ArrayNode to, ExplainResult result) {
    for (ExplainResult.Row row : result.rows()) {
      ObjectNode node = to.addObject();
      result.exchange().ifPresent(request -> node.put("requestId", request.toString()));
      switch (row) {
        case Explained explained ->
            node.put("row", explained.row()).put("id", ExplanationId.text(explained.id()));
        case Failed failed -> node.putObject("error").put("code", failed.code());
      }
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
