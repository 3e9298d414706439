package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Turns an event into a record: fields and small bodies in one array, large bodies by reference
 * behind them. The order is: head, fields, request body, response body, padding. One thread.
 */
final class RecordEncoder {

  private final FieldWriter out = new FieldWriter();
  private final HeadFields headFields;
  private final CRC32C crc = new CRC32C();
  private int flags;

  // the record encoded last
  private Payload first = Payload.EMPTY;
  private Payload second = Payload.EMPTY;
  private int cut;
  private int requestCrcAt;
  private int responseCrcAt;
  private int length;
  private int payloadLength;

  RecordEncoder(HeaderPolicy headers) {
    this(headers::keeps);
  }

  /**
   * @param keeps whether a head field of that name is written
   */
  RecordEncoder(Predicate<String> keeps) {
    this.headFields = new HeadFields(keeps);
  }

  /** Encodes; {@link #length} and {@link #writeTo} speak of this record until the next call. */
  void encode(PayloadEvent event, RecordHead.Place place) {
    begin();
    int type =
        switch (event) {
          case PayloadEvent.Exchange exchange -> exchange(exchange);
          case PayloadEvent.Half half -> half(half);
          case PayloadEvent.Report report -> report(report);
          case PayloadEvent.Gap gap -> gap(gap);
        };
    finish(place, event.id(), type);
  }

  /** The last record of a segment. */
  void encodeSeal(RecordHead.Place place, UUID id, long records, long bytes, long exchanges) {
    begin();
    out.numbers(Tag.SEAL_COUNTS, records, bytes, exchanges);
    cut = out.end();
    finish(place, id, RecordHead.SEAL);
  }

  /** Of the whole record. */
  int length() {
    return length;
  }

  void writeTo(GroupBuffer to) {
    byte[] bytes = out.array();
    to.put(bytes, 0, cut);
    to.put(first);
    to.put(bytes, cut, out.end() - cut);
    to.put(second);
    to.pad(RecordHead.padding(payloadLength));
  }

  private void begin() {
    out.reset(RecordHead.BYTES);
    first = Payload.EMPTY;
    second = Payload.EMPTY;
    flags = 0;
  }

  private void finish(RecordHead.Place place, UUID id, int type) {
    payloadLength = out.end() - RecordHead.BYTES + first.length() + second.length();
    RecordHead head = RecordHead.of(payloadLength, place, id, type, flags);
    length = head.length();
    head.write(out.view(), 0);
    crc.reset();
    crc.update(out.array(), 0, RecordHead.CRC_AT);
    crc.update(out.array(), RecordHead.BYTES, cut - RecordHead.BYTES);
    update(first);
    crc.update(out.array(), cut, out.end() - cut);
    update(second);
    out.view().putInt(RecordHead.CRC_AT, (int) crc.getValue());
  }

  private int exchange(PayloadEvent.Exchange exchange) {
    callerIds(exchange.callerIds());
    trace(exchange.trace());
    model(exchange.model());
    call(exchange.call());
    out.numbers(
        Tag.TIMES,
        exchange.times().arrivalMicros(),
        exchange.times().latencyMicros(),
        exchange.times().upstreamMicros());
    marks(exchange.marks());
    requestCrcAt = side(Tag.REQUEST, exchange.request());
    responseCrcAt = side(Tag.RESPONSE, exchange.response());
    bodies(exchange.request(), exchange.response());
    return RecordHead.EXCHANGE;
  }

  private int half(PayloadEvent.Half half) {
    out.id(Tag.EXCHANGE_ID, half.exchangeId());
    callerIds(half.callerIds());
    trace(half.trace());
    model(half.model());
    out.text(Tag.PROTOCOL, half.protocol());
    out.number(Tag.TIME, half.timeMicros());
    marks(half.marks());
    requestCrcAt = side(Tag.REQUEST, half.side());
    bodies(half.side(), Side.NONE);
    return half.isRequest() ? RecordHead.REQUEST_HALF : RecordHead.RESPONSE_HALF;
  }

  private int report(PayloadEvent.Report report) {
    UUID exchange = report.exchangeId();
    if (exchange != null) {
      out.id(Tag.EXCHANGE_ID, exchange);
    }
    model(report.model());
    out.text(Tag.KIND, report.kind());
    out.number(Tag.TIME, report.timeMicros());
    out.bytes(Tag.JSON, report.json());
    cut = out.end();
    return RecordHead.REPORT;
  }

  private int gap(PayloadEvent.Gap gap) {
    out.numbers(
        Tag.GAP_COUNTS,
        gap.epoch(),
        gap.loop(),
        gap.from(),
        gap.to(),
        gap.count(),
        gap.bytes(),
        gap.exact() ? 1 : 0,
        gap.firstMicros(),
        gap.lastMicros());
    out.text(Tag.GAP_REASON, gap.reason());
    out.text(Tag.GAP_SINK, gap.sink());
    out.id(Tag.GAP_SPOOL, gap.spool());
    cut = out.end();
    return RecordHead.GAP;
  }

  private void callerIds(CallerIds ids) {
    out.text(Tag.CE_ID, ids.ceId());
    out.text(Tag.REQUEST_ID, ids.requestId());
    out.text(Tag.PUID, ids.puid());
  }

  private void trace(Trace trace) {
    out.text(Tag.TRACEPARENT, trace.traceparent());
    out.text(Tag.TRACESTATE, trace.tracestate());
  }

  private void model(ModelRef model) {
    out.text(Tag.TENANT, model.tenant());
    out.text(Tag.NAMESPACE, model.namespace());
    out.text(Tag.SERVICE, model.service());
    out.text(Tag.COMPONENT, model.component());
    out.text(Tag.ENDPOINT, model.endpoint());
    out.text(Tag.MODEL, model.model());
    out.text(Tag.VARIANT, model.variant());
    out.text(Tag.VERSION, model.version());
  }

  private void call(Call call) {
    out.text(Tag.METHOD, call.method());
    out.text(Tag.PATH, call.path());
    out.text(Tag.PROTOCOL, call.protocol());
    out.text(Tag.TRANSPORT, call.transport());
    out.number(Tag.STATUS, call.status());
    if (call.grpcStatus() >= 0) {
      out.number(Tag.GRPC_STATUS, call.grpcStatus());
    }
    out.text(Tag.OUTCOME, call.outcome().word());
  }

  private void marks(Marks marks) {
    if (marks.sampleRate() < 1) {
      out.number(Tag.SAMPLE_RATE, Double.doubleToRawLongBits(marks.sampleRate()));
      flags |= RecordHead.SAMPLED;
    }
    if (!marks.redacted().isEmpty()) {
      out.text(Tag.REDACTED, marks.redacted());
      flags |= RecordHead.REDACTED;
    }
    out.text(Tag.ORIGIN, marks.origin());
    if (marks.synthetic()) {
      flags |= RecordHead.SYNTHETIC;
    }
  }

  /** Where the sum of the body stands: as the event loop carried it on, if it did. */
  private int side(int tag, Side side) {
    out.fields(tag + Tag.FIELDS, side.head(), headFields);
    int crcAt = 0;
    if (side.bodyBytes() != 0) {
      out.number(tag + Tag.FULL_LENGTH, side.bodyBytes());
      out.number(tag + Tag.BODY_CRC, side.bodyCrc());
      crcAt = out.end() - Integer.BYTES;
    }
    out.text(tag + Tag.CONTENT_TYPE, side.contentType());
    out.text(tag + Tag.CONTENT_ENCODING, side.contentEncoding());
    if (side.truncation() != Truncation.NONE) {
      out.text(tag + Tag.TRUNCATION, side.truncation().word());
      flags |= RecordHead.TRUNCATED;
    }
    return crcAt;
  }

  /** Last in the record, so that everything else is one piece. */
  private void bodies(Side request, Side response) {
    first = body(Tag.REQUEST + Tag.BODY, request, requestCrcAt);
    cut = out.end();
    second = body(Tag.RESPONSE + Tag.BODY, response, responseCrcAt);
  }

  /** Writes a body that is here whole with its sum. Gives back what stays where it is. */
  private Payload body(int tag, Side side, int crcAt) {
    Payload body = side.body();
    int bytes = body.length();
    boolean isWhole = bytes == side.bodyBytes() && bytes > 0;
    if (bytes > GroupBuffer.COPIED_MAX) {
      out.head(tag, bytes);
      if (isWhole) {
        crc.reset();
        update(body);
        out.view().putInt(crcAt, (int) crc.getValue());
      }
      return body;
    }
    out.payload(tag, body);
    if (isWhole) {
      crc.reset();
      crc.update(out.array(), out.end() - bytes, bytes);
      out.view().putInt(crcAt, (int) crc.getValue());
    }
    return Payload.EMPTY;
  }

  private void update(Payload payload) {
    if (payload.length() > 0) {
      for (ByteBuffer buffer : payload.buffers()) {
        int from = buffer.position();
        crc.update(buffer);
        buffer.position(from); // the same view is written afterwards
      }
    }
  }
}
