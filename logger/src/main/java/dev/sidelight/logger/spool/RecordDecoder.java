package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Turns a record whose CRC was right back into an event; its payloads are views of the record's
 * bytes, which must stay as they are as long as the event. One thread.
 */
final class RecordDecoder {

  private final Fields fields = new Fields();

  /**
   * @param payload on the heap, from its position to its limit
   * @throws IllegalArgumentException for a type this version does not know
   */
  PayloadEvent decode(RecordHead head, ByteBuffer payload) {
    fields.read(payload);
    return switch (head.type()) {
      case RecordHead.EXCHANGE -> exchange(head, fields);
      case RecordHead.REQUEST_HALF, RecordHead.RESPONSE_HALF -> half(head, fields);
      case RecordHead.REPORT -> report(head, fields);
      case RecordHead.GAP -> gap(head, fields);
      default -> throw new IllegalArgumentException("no event has record type " + head.type());
    };
  }

  private static PayloadEvent exchange(RecordHead head, Fields fields) {
    Call call =
        new Call(
            fields.text(Tag.METHOD),
            fields.text(Tag.PATH),
            fields.text(Tag.PROTOCOL),
            fields.text(Tag.TRANSPORT),
            fields.number(Tag.STATUS, 0),
            fields.number(Tag.GRPC_STATUS, -1),
            Words.outcome(fields.text(Tag.OUTCOME)));
    Times times =
        new Times(fields.at(Tag.TIMES, 0), fields.at(Tag.TIMES, 1), fields.at(Tag.TIMES, 2));
    return new PayloadEvent.Exchange(
        head.id(),
        callerIds(fields),
        trace(fields),
        model(fields),
        call,
        times,
        side(fields, Tag.REQUEST),
        side(fields, Tag.RESPONSE),
        marks(head, fields));
  }

  private static PayloadEvent half(RecordHead head, Fields fields) {
    return new PayloadEvent.Half(
        head.id(),
        new UUID(fields.at(Tag.EXCHANGE_ID, 0), fields.at(Tag.EXCHANGE_ID, 1)),
        head.type() == RecordHead.REQUEST_HALF,
        callerIds(fields),
        trace(fields),
        model(fields),
        fields.text(Tag.PROTOCOL),
        fields.at(Tag.TIME, 0),
        side(fields, Tag.REQUEST),
        marks(head, fields));
  }

  private static PayloadEvent report(RecordHead head, Fields fields) {
    UUID exchange =
        fields.has(Tag.EXCHANGE_ID)
            ? new UUID(fields.at(Tag.EXCHANGE_ID, 0), fields.at(Tag.EXCHANGE_ID, 1))
            : null;
    return new PayloadEvent.Report(
        head.id(),
        fields.text(Tag.KIND),
        exchange,
        model(fields),
        fields.at(Tag.TIME, 0),
        fields.bytes(Tag.JSON));
  }

  static PayloadEvent.Gap gap(RecordHead head, Fields fields) {
    int counts = Tag.GAP_COUNTS;
    return new PayloadEvent.Gap(
        head.id(),
        new UUID(fields.at(Tag.GAP_SPOOL, 0), fields.at(Tag.GAP_SPOOL, 1)),
        (int) fields.at(counts, 0),
        (int) fields.at(counts, 1),
        fields.at(counts, 2),
        fields.at(counts, 3),
        fields.at(counts, 4),
        fields.at(counts, 5),
        fields.text(Tag.GAP_REASON),
        fields.at(counts, 6) == 1,
        fields.at(counts, 7),
        fields.at(counts, 8),
        fields.text(Tag.GAP_SINK));
  }

  private static CallerIds callerIds(Fields fields) {
    return fields.has(Tag.CE_ID) || fields.has(Tag.REQUEST_ID) || fields.has(Tag.PUID)
        ? new CallerIds(fields.text(Tag.CE_ID), fields.text(Tag.REQUEST_ID), fields.text(Tag.PUID))
        : CallerIds.NONE;
  }

  private static Trace trace(Fields fields) {
    return fields.has(Tag.TRACEPARENT) || fields.has(Tag.TRACESTATE)
        ? new Trace(fields.text(Tag.TRACEPARENT), fields.text(Tag.TRACESTATE))
        : Trace.NONE;
  }

  private static ModelRef model(Fields fields) {
    return new ModelRef(
        fields.text(Tag.TENANT),
        fields.text(Tag.NAMESPACE),
        fields.text(Tag.SERVICE),
        fields.text(Tag.COMPONENT),
        fields.text(Tag.ENDPOINT),
        fields.text(Tag.MODEL),
        fields.text(Tag.VARIANT),
        fields.text(Tag.VERSION));
  }

  private static Side side(Fields fields, int tag) {
    return new Side(
        payload(fields, tag + Tag.FIELDS),
        payload(fields, tag + Tag.BODY),
        fields.at(tag + Tag.FULL_LENGTH, 0),
        fields.number(tag + Tag.BODY_CRC, 0),
        fields.text(tag + Tag.CONTENT_TYPE),
        fields.text(tag + Tag.CONTENT_ENCODING),
        Words.truncation(fields.text(tag + Tag.TRUNCATION)));
  }

  private static Payload payload(Fields fields, int tag) {
    return fields.has(tag) ? Payload.of(fields.view(tag)) : Payload.EMPTY;
  }

  private static Marks marks(RecordHead head, Fields fields) {
    double rate =
        fields.has(Tag.SAMPLE_RATE) ? Double.longBitsToDouble(fields.at(Tag.SAMPLE_RATE, 0)) : 1;
    boolean synthetic = (head.flags() & RecordHead.SYNTHETIC) != 0;
    return new Marks(rate, fields.text(Tag.REDACTED), synthetic, fields.text(Tag.ORIGIN));
  }
}
