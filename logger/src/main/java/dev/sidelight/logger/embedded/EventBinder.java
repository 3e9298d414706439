package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts an event into the parameters of {@link Schema#INSERT_EVENT}. Empty text stays empty. */
final class EventBinder {

  private final PreparedStatement to;
  private int at;

  EventBinder(PreparedStatement to) {
    this.to = to;
  }

  void exchange(long seq, PayloadEvent.Exchange e, int rows) throws SQLException {
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
    joins(e.model(), e.id(), e.requestId(), traceId(e.trace()));
    text("");
    number(marks(e.request(), e.response(), e.marks()));
    text(HeaderJson.of(e));
    number(e.times().upstreamMicros());
    text(e.call().transport());
    marks(e.marks());
    text("");
  }

  void half(long seq, PayloadEvent.Half h) throws SQLException {
    int kind = h.isRequest() ? Schema.REQUEST_HALF : Schema.RESPONSE_HALF;
    head(seq, h.id(), kind, h.timeMicros(), h.model());
    text(h.protocol());
    nothing(7);
    number(h.isRequest() ? h.side().bodyBytes() : 0);
    number(h.isRequest() ? 0 : h.side().bodyBytes());
    CallerIds ids = h.callerIds();
    joins(h.model(), h.exchangeId(), ids.joinId(h.exchangeId().toString()), traceId(h.trace()));
    text("");
    number(
        h.isRequest()
            ? marks(h.side(), Side.NONE, h.marks())
            : marks(Side.NONE, h.side(), h.marks()));
    nothing(3);
    marks(h.marks());
    text("");
  }

  void report(long seq, PayloadEvent.Report r) throws SQLException {
    head(seq, r.id(), Schema.REPORT, r.timeMicros(), r.model());
    nothing(10);
    joins(r.model(), r.exchangeId(), "", "");
    text("");
    number(0);
    nothing(6);
    text(r.kind());
  }

  private void head(long seq, UUID id, int kind, long timeMicros, ModelRef model)
      throws SQLException {
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

  private void joins(ModelRef model, @Nullable UUID exchangeId, String requestId, String traceId)
      throws SQLException {
    text(model.tenant());
    text(model.variant());
    id(exchangeId);
    text(requestId);
    text(traceId);
  }

  private void marks(Marks marks) throws SQLException {
    to.setDouble(++at, marks.sampleRate());
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

  private void text(String value) throws SQLException {
    to.setString(++at, value);
  }

  private void number(long value) throws SQLException {
    to.setLong(++at, value);
  }

  private void id(@Nullable UUID value) throws SQLException {
    if (value == null) {
      nothing(1);
    } else {
      to.setBytes(++at, bytes(value));
    }
  }

  private void nothing(int columns) throws SQLException {
    for (int i = 0; i < columns; i++) {
      to.setNull(++at, Types.NULL);
    }
  }
}
