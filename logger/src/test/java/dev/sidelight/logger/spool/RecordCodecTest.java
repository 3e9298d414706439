package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.logger.LoggedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  private static final RecordHead.Place PLACE =
      new RecordHead.Place(42, 1_790_000_000_000_001L, 17, 3, 2);

  private static byte[] encode(PayloadEvent event) {
    RecordEncoder encoder = new RecordEncoder(HeaderPolicy.defaults());
    GroupBuffer buffer = new GroupBuffer();
    encoder.encode(event, PLACE);
    encoder.writeTo(buffer);
    ByteBuffer bytes = ByteBuffer.allocate(encoder.length());
    for (ByteBuffer part : buffer.take()) {
      bytes.put(part);
    }
    assertThat(bytes.hasRemaining()).isFalse();
    return bytes.array();
  }

  private static PayloadEvent decode(byte[] bytes) {
    ByteBuffer record = ByteBuffer.wrap(bytes);
    RecordHead head = RecordHead.read(record, 0);
    assertThat(head.isPlausible(bytes.length)).isTrue();
    assertThat(RecordHead.crc(record, 0, head.payloadLength())).isEqualTo(head.crc());
    return new RecordDecoder().decode(head, record.slice(RecordHead.BYTES, head.payloadLength()));
  }

  @Property(tries = 200)
  void exchange_encodeThenDecode_isTheSame(
      @ForAll @Size(max = 9000) byte[] request,
      @ForAll @Size(max = 9000) byte[] response,
      @ForAll @StringLength(max = 300) String text,
      @ForAll boolean flag,
      @ForAll @IntRange(min = 0, max = 16) int grpcStatus) {
    String path = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    PayloadEvent.Exchange event =
        new PayloadEvent.Exchange(
            Sample.id(5),
            new CallerIds("c", path, "p"),
            new Trace("00-a", "b=1"),
            new ModelRef("t", "n", "s", "c", "e", path, "v", "7"),
            new Call("POST", path, "v2", "grpc", 503, grpcStatus, Outcome.SERVER_ERROR),
            new Times(1, 2, 3),
            side(request, request.length, Truncation.NONE),
            side(response, response.length + 5L, Truncation.CAP),
            new Marks(flag ? 0.25 : 1, flag ? "rule" : "", flag, "demo-history"));

    PayloadEvent.Exchange back = (PayloadEvent.Exchange) decode(encode(event));

    assertThat(back)
        .usingRecursiveComparison()
        .ignoringFields("request", "response")
        .isEqualTo(event);
    assertThat(back.request().body().copy()).isEqualTo(request);
    assertThat(back.response().body().copy()).isEqualTo(response);
    assertThat(back.response().bodyBytes()).isEqualTo(response.length + 5L);
    assertThat(back.response().truncation()).isEqualTo(Truncation.CAP);
    assertThat(back.response().bodyCrc()).isEqualTo(77);
    CRC32C crc = new CRC32C();
    crc.update(request);
    assertThat(back.request().bodyCrc()).isEqualTo((int) crc.getValue());
  }

  private static Side side(byte[] body, long full, Truncation truncation) {
    return new Side(
        Payload.EMPTY, Payload.of(body), full, 77, "application/json", "gzip", truncation);
  }

  @Test
  void halfReportGap_encodeThenDecode_areTheSame() {
    PayloadEvent.Half half =
        new PayloadEvent.Half(
            Sample.id(1),
            Sample.id(2),
            false,
            CallerIds.NONE,
            Trace.NONE,
            ModelRef.of("m"),
            "v1",
            5,
            side(new byte[] {1, 2}, 2, Truncation.NONE),
            Marks.NONE);
    PayloadEvent.Report report =
        new PayloadEvent.Report(
            Sample.id(3), "drift", null, ModelRef.of("m"), 9, new byte[] {'{', '}'});
    PayloadEvent.Gap gap =
        new PayloadEvent.Gap(
            Sample.id(4), Sample.id(9), 7, 0, 1201, 1290, 90, 183_500, "ring_full", true, 1, 2, "");

    PayloadEvent.Half halfBack = (PayloadEvent.Half) decode(encode(half));
    assertThat(halfBack).usingRecursiveComparison().ignoringFields("side").isEqualTo(half);
    assertThat(halfBack.side().body().copy()).containsExactly(1, 2);
    assertThat(decode(encode(report))).usingRecursiveComparison().isEqualTo(report);
    assertThat(decode(encode(gap))).isEqualTo(gap);
  }

  @Test
  void head_onlyAllowedFieldsAreWritten_secretsNeverReachTheBytes() {
    byte[] bytes = encode(Sample.exchange(1));

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("canary");
    PayloadEvent.Exchange back = (PayloadEvent.Exchange) decode(bytes);
    assertThat(new String(back.request().head().copy(), StandardCharsets.US_ASCII))
        .isEqualTo("content-type: application/json\r\nX-Request-Id: r-1\r\n");
  }

  @Test
  void head_thenAnotherRecord_nothingOfTheFirstIsLeft() {
    RecordEncoder encoder = new RecordEncoder(HeaderPolicy.defaults());
    GroupBuffer buffer = new GroupBuffer();
    encoder.encode(Sample.exchange(1), PLACE);
    encoder.encode(Sample.report(2, 3), PLACE);
    encoder.writeTo(buffer);
    StringBuilder text = new StringBuilder();
    for (ByteBuffer part : buffer.take()) {
      text.append(StandardCharsets.ISO_8859_1.decode(part));
    }

    assertThat(text).doesNotContain("canary").doesNotContain("X-Request-Id");
  }

  /** Written by version 1; it stays readable for ever. */
  @Test
  void version1_goldenRecord_readsAndWritesTheSame() {
    byte[] golden = Golden.record();

    PayloadEvent.Exchange back = (PayloadEvent.Exchange) decode(golden);

    assertThat(back.id()).isEqualTo(Sample.id(1));
    assertThat(back.call()).isEqualTo(Sample.exchange(1).call());
    assertThat(back.times()).isEqualTo(Sample.exchange(1).times());
    assertThat(back.requestId()).isEqualTo("r-1");
    assertThat(back.model()).isEqualTo(ModelRef.of("m"));
    assertThat(back.request().body().copy()).isEqualTo("[1]".getBytes(StandardCharsets.US_ASCII));
    assertThat(encode(Golden.exchange())).isEqualTo(golden);
  }

  @Test
  void spoolRecords_encodeThenDecode_andDamageIsSeen() {
    SpoolRecords records = new SpoolRecords();
    PayloadEvent.Gap gap =
        new PayloadEvent.Gap(
            Sample.id(4), Sample.id(9), 7, 0, 1, 2, 2, 0, "corrupt", true, 1, 2, "store");
    for (int i = 0; i < 3; i++) {
      LoggedEvent event = new LoggedEvent(i, 2, 3, 4, gap);
      byte[] bytes = records.encode(event);

      assertThat(records.decode(bytes)).isEqualTo(event);
      bytes[70] ^= 1;
      assertThatThrownBy(() -> records.decode(bytes)).hasMessageContaining("damaged");
      assertThatThrownBy(() -> records.decode(new byte[10])).hasMessageContaining("no record");
    }
  }

  @Test
  void decode_unknownTag_skipped() {
    byte[] bytes = new byte[12];
    ByteBuffer.wrap(bytes).putShort((short) 4000).putInt(6);

    assertThat(Fields.of(ByteBuffer.wrap(bytes)).has(Tag.JSON)).isFalse();
  }

  @Test
  void fields_readAgain_nothingOfThePayloadBefore() {
    Fields fields = Fields.of(field(Tag.MODEL, "income"));
    String first = fields.text(Tag.MODEL);
    fields.read(field(Tag.MODEL, "income"));
    assertThat(fields.text(Tag.MODEL)).isSameAs(first);

    fields.read(field(Tag.MODEL, "incomf"));
    assertThat(fields.text(Tag.MODEL)).isEqualTo("incomf");
    fields.read(field(Tag.VERSION, "7"));
    assertThat(fields.text(Tag.MODEL)).isEmpty();
    assertThat(fields.text(Tag.VERSION)).isEqualTo("7");
  }

  private static ByteBuffer field(int tag, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer field = ByteBuffer.allocate(6 + bytes.length);
    return field.putShort((short) tag).putInt(bytes.length).put(bytes).flip();
  }

  @Test
  void decode_lengthBeyondTheEnd_refused() {
    byte[] bytes = new byte[12];
    ByteBuffer.wrap(bytes).putShort((short) 1).putInt(7);

    assertThatThrownBy(() -> Fields.of(ByteBuffer.wrap(bytes)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
