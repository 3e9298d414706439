package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.page.Exports;
import dev.sidelight.proxy.page.Look;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.RowView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /v1/explanations/{id}/...}: charts, and the report in one file. */
final class ExportEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeptDocuments documents;
  private final Exports exports;
  private final Optional<EventStore> store;
  private final Optional<LoggedRows> rows;

  /**
   * @param store where the explained row may be read; empty where payloads are not shown
   */
  ExportEndpoints(
      KeptDocuments documents,
      Exports exports,
      Optional<EventStore> store,
      Optional<LoggedRows> rows) {
    this.documents = documents;
    this.exports = exports;
    this.store = store;
    this.rows = rows;
  }

  Answer svg(Call call, String kind) throws IOException {
    Look look = look(call);
    return answer(exports.svg(kind, document(call), row(call), look), kind + ".svg");
  }

  Answer report(Call call) throws IOException {
    Look look = look(call);
    byte[] json = document(call);
    String address = "http://" + call.header("host").orElse("localhost");
    return answer(exports.report(json, row(call), features(json), address, look), "report.html");
  }

  private byte[] document(Call call) throws IOException {
    return documents
        .of(call)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(409, "nothing_yet", "there is no result to draw yet")
                        .withRetryAfter(1)));
  }

  private static Answer answer(Optional<Exports.File> file, String name) {
    Exports.File found =
        file.orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(404, "format_unsupported", "this explanation has no " + name)));
    return new Answer.Whole(200, found.headers(), found.bytes());
  }

  private List<RowView.NamedValue> features(byte[] json) throws IOException {
    JsonNode document = JSON.readTree(json);
    String request = document.path("requestId").asText();
    if (request.isEmpty() || store.isEmpty() || rows.isEmpty()) {
      return List.of();
    }
    int row = document.path("row").asInt();
    return store
        .get()
        .request(UUID.fromString(request))
        .map(rows.get()::views)
        .filter(views -> row < views.size())
        .map(views -> views.get(row).features())
        .orElse(List.of());
  }

  private static int row(Call call) {
    String text = call.query("row").orElse("0");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static Look look(Call call) {
    try {
      return Look.of(call.query("theme"), call.query("palette"), call.query("width"));
    } catch (Look.LookException e) {
      throw new ProblemException(
          Problem.of(400, "parameter_range", String.valueOf(e.getMessage()))
              .withFault("/parameters/" + e.name(), e.expected(), "another"));
    }
  }
}
