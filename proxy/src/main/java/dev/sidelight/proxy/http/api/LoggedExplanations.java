package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.PayloadEvent.Report;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainCall.LoggedAnswer;
import dev.sidelight.proxy.serve.ExplainDocuments;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Explains what lies in the log, and puts the explanation into the log beside it. */
final class LoggedExplanations {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Bit of a summary's marks. */
  private static final int REDACTED = 4;

  private final ModelRegistry registry;
  private final ExplainService service;
  private final ExplainEndpoints direct;
  private final EventLog log;
  private final LongSupplier wallMicros;

  LoggedExplanations(
      ModelRegistry registry,
      ExplainService service,
      ExplainEndpoints direct,
      EventLog log,
      LongSupplier wallMicros) {
    this.registry = registry;
    this.service = service;
    this.direct = direct;
    this.log = log;
    this.wallMicros = wallMicros;
  }

  /**
   * @param row empty for all rows
   * @throws ProblemException 409 {@code payload_incomplete}
   */
  ExplainResult explain(
      Call call, StoredRequest stored, OptionalInt row, Map<String, Object> parameters)
      throws IOException {
    String truncation = stored.request().truncation();
    if (!truncation.isEmpty() && !truncation.equals("none")) {
      throw incomplete("only a part of this request's body was kept in the log");
    }
    if ((stored.summary().marks() & REDACTED) != 0) {
      throw incomplete("parts of this request's body were redacted before it was kept");
    }
    ExplainResult result = service.explain(explainCall(call, stored, row, parameters));
    int at = row.orElse(0);
    for (ExplainResult.Row each : result.rows()) {
      if (each instanceof Explained explained) {
        keep(stored, explained, document(stored, result, explained, at));
      }
      at++;
    }
    return result;
  }

  private static ProblemException incomplete(String detail) {
    return new ProblemException(Problem.of(409, "payload_incomplete", detail));
  }

  private ExplainCall explainCall(
      Call call, StoredRequest stored, OptionalInt row, Map<String, Object> parameters) {
    ServedModel model = registry.get(stored.summary().model());
    return new ExplainCall(
        model,
        stored.summary().protocol(),
        requestedVersion(stored),
        LoggedRows.requestBody(stored),
        parameters,
        Format.NATIVE,
        direct.scope(call, model),
        Optional.of(stored.summary().id()),
        answer(stored),
        row,
        call.cancellation()::onCancel);
  }

  /** What the model said then; a part of it is nothing. */
  private static Optional<LoggedAnswer> answer(StoredRequest stored) {
    String truncation = stored.response().truncation();
    boolean whole = truncation.isEmpty() || truncation.equals("none");
    return stored.summary().status() == 200 && whole
        ? Optional.of(new LoggedAnswer(LoggedRows.responseBody(stored), stored.summary().version()))
        : Optional.empty();
  }

  /** The version the request named in its path, not the one that happened to answer. */
  private static String requestedVersion(StoredRequest stored) {
    String path = stored.summary().path();
    int at = path.indexOf("/versions/");
    int end = path.lastIndexOf("/infer");
    return at >= 0 && end > at ? path.substring(at + "/versions/".length(), end) : "";
  }

  /** As the log keeps it: the document, and which row of which request it is about. */
  static byte[] document(StoredRequest stored, ExplainResult result, Explained explained, int row)
      throws IOException {
    ObjectNode document =
        (ObjectNode) JSON.readTree(ExplainDocuments.writeNative(result, explained));
    document.put("requestId", stored.summary().id().toString());
    document.put("row", row);
    return JSON.writeValueAsBytes(document);
  }

  /** An explanation is an event too: it is linked from the request it speaks of. */
  private void keep(StoredRequest stored, Explained explained, byte[] json) {
    log.report(
        new Report(
            explained.id(),
            "explanation",
            stored.summary().id(),
            ModelRef.of(stored.summary().model()).withVersion(stored.summary().version()),
            wallMicros.getAsLong(),
            json));
  }
}
