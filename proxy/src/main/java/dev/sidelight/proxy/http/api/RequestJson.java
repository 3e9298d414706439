package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import dev.sidelight.proxy.serve.RowView;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** Logged requests as JSON. */
final class RequestJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RequestJson() {}

  static byte[] page(RequestPage page) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode items = node.putArray("items");
    page.items().forEach(item -> items.add(summary(item)));
    node.put("next", page.next());
    node.put("complete", page.complete());
    node.put("approximate_total", page.approximateTotal());
    return bytes(node);
  }

  /** One line, for an event stream. */
  static String line(RequestSummary summary) {
    return new String(bytes(summary(summary)), StandardCharsets.UTF_8);
  }

  static byte[] request(StoredRequest stored, List<RowView> views, List<StoredReport> reports) {
    ObjectNode node = summary(stored.summary());
    node.set("request", body(stored.request()));
    node.set("response", body(stored.response()));
    ObjectNode headers = node.putObject("headers");
    stored.headers().forEach(headers::put);
    ArrayNode rows = node.putArray("decoded");
    views.forEach(view -> rows.add(row(view)));
    ArrayNode explanations = node.putArray("explanations");
    for (StoredReport report : reports) {
      if (report.kind().equals("explanation")) {
        explanations.addRawValue(new RawValue(new String(report.json(), StandardCharsets.UTF_8)));
      }
    }
    return bytes(node);
  }

  private static ObjectNode summary(RequestSummary s) {
    ObjectNode node = JSON.createObjectNode();
    node.put("seq", s.seq());
    node.put("id", s.id().toString());
    node.put("time", time(s.timeMicros()));
    node.put("model", s.model());
    node.put("version", s.version());
    node.put("variant", s.variant());
    node.put("protocol", s.protocol());
    node.put("method", s.method());
    node.put("path", s.path());
    node.put("status", s.status());
    node.put("outcome", s.outcome());
    node.put("latency_ms", s.latencyMicros() / 1000.0);
    node.put("upstream_ms", s.upstreamMicros() / 1000.0);
    node.put("rows", s.rows());
    node.put("request_bytes", s.requestBytes());
    node.put("response_bytes", s.responseBytes());
    node.put("request_id", s.requestId());
    node.put("trace_id", s.traceId());
    node.put("truncated", (s.marks() & 3) != 0);
    node.put("synthetic", (s.marks() & 8) != 0);
    return node;
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static ObjectNode body(StoredBody body) {
    ObjectNode node = JSON.createObjectNode();
    node.put("content_type", body.contentType());
    node.put("content_encoding", body.contentEncoding());
    node.put("truncation", body.truncation());
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
      node.put("text", text);
    } catch (CharacterCodingException e) {
      node.put("base64", Base64.getEncoder().encodeToString(body.bytes()));
    }
    return node;
  }

  static ObjectNode row(RowView view) {
    ObjectNode node = JSON.createObjectNode();
    ObjectNode features = node.putObject("features");
    view.features().forEach(f -> features.set(f.name(), JSON.valueToTree(finite(f.value()))));
    node.put("prediction", view.prediction());
    if (Double.isFinite(view.score())) {
      node.put("score", view.score());
    }
    ObjectNode probabilities = node.putObject("probabilities");
    view.probabilities()
        .forEach(p -> probabilities.set(p.name(), JSON.valueToTree(finite(p.score()))));
    return node;
  }

  /** JSON has no NaN and no infinity: they appear as text. */
  private static Object finite(Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
