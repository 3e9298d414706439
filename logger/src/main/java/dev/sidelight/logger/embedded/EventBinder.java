package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts an event into the columns of {@link Schema#EVENT}. Empty text stays empty. */
final class EventBinder {

  private final RowInsert to;
  private final HeaderJson headers = new HeaderJson();
  private int at;

  EventBinder(RowInsert to) {
    this.to = to;
  }

  void exchange(long seq, PayloadEvent.Exchange e, int rows) {
    head(seq, e.id(), Schema.EXCHANGE, e.times().arrivalMicros(), e.model());
    text(e.call().protocol());
    text(e.call().method());
    text(e.call().path());
    number(e.call().status());
    number(e.call().grpcStatus());
    text(e.call().outcome().word());
    number(e.times().latencyMicros());
    number(rows);
    number(e.request().bodyBytes());
    number(e.response().bodyBytes());
    joins(e.model(), null, e.callerIds().joinId(""), traceId(e.trace()));
    text("");
    number(marks(e.request(), e.response(), e.marks()));
    text(headers.of(e));
    number(e.times().upstreamMicros());
    text(e.call().transport());
    marks(e.marks());
    text("");
  }

  void half(long seq, PayloadEvent.Half h) {
    int kind = h.isRequest() ? Schema.REQUEST_HALF : Schema.RESPONSE_HALF;
    head(seq, h.id(), kind, h.timeMicros(), h.model());
    text(h.protocol());
    nothing(7);
    number(h.isRequest() ? h.side().bodyBytes() : 0);
    number(h.isRequest() ? 0 : h.side().bodyBytes());
    CallerIds ids = h.callerIds();
    joins(h.model(), h.exchangeId(), ids.joinId(""), traceId(h.trace()));
    text("");
    number(
        h.isRequest()
            ? marks(h.side(), Side.NONE, h.marks())
            : marks(Side.NONE, h.side(), h.marks()));
    nothing(3);
    marks(h.marks());
    text("");
  }

  void report(long seq, PayloadEvent.Report r) {
    head(seq, r.id(), Schema.REPORT, r.timeMicros(), r.model());
    nothing(10);
    joins(r.model(), r.exchangeId(), "", "");
    text("");
    number(0);
    nothing(6);
    text(r.kind());
  }

  private void head(long seq, UUID id, int kind, long timeMicros, ModelRef model) {
    at = 0;
    number(seq);
    id(id);
    number(kind);
    number(timeMicros);
    text(model.namespace());
    text(model.service());
    text(model.component());
    text(model.endpoint());
    text(model.model());
    text(model.version());
  }

  /**
   * @param requestId empty where the event's own id serves
   */
  private void joins(ModelRef model, @Nullable UUID exchangeId, String requestId, String traceId) {
    text(model.tenant());
    text(model.variant());
    id(exchangeId);
    to.set(at++, requestId.isEmpty() ? null : requestId);
    text(traceId);
  }

  private void marks(Marks marks) {
    to.set(at++, marks.sampleRate());
    text(marks.redacted());
    text(marks.origin());
  }

  static int marks(Side request, Side response, Marks marks) {
    return (request.truncation() == Truncation.NONE ? 0 : Schema.MARK_REQUEST_CUT)
        | (response.truncation() == Truncation.NONE ? 0 : Schema.MARK_RESPONSE_CUT)
        | (marks.redacted().isEmpty() ? 0 : Schema.MARK_REDACTED)
        | (marks.synthetic() ? Schema.MARK_SYNTHETIC : 0)
        | (marks.origin().isEmpty() ? 0 : Schema.MARK_HISTORY);
  }

  /** The 32 hex digits inside a traceparent. */
  static String traceId(Trace trace) {
    return trace.traceparent().length() < 35 ? "" : trace.traceparent().substring(3, 35);
  }

  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private void text(String value) {
    to.set(at++, value);
  }

  private void number(long value) {
    to.set(at++, value);
  }

  private void id(@Nullable UUID value) {
    to.set(at++, value == null ? null : bytes(value));
  }

  private void nothing(int columns) {
    at += columns; // NULL
  }
}
