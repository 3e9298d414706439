package dev.sidelight.logger;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Builds logged exchanges for tests; every part has an ordinary default. */
public final class Events {

  /** 2026-11-22T12:00:00Z. */
  public static final long NOON = micros("2026-11-22T12:00:00Z");

  private final long sequence;
  private long loggedMicros;
  private long arrivalMicros;
  private UUID id;
  private String model = "income";
  private String version = "1";
  private int status = 200;
  private Outcome outcome = Outcome.SUCCESS;
  private long latencyMicros = 8_000;
  private String requestId = "";
  private String trace = "";
  private boolean synthetic;
  private byte[] request = bytes("{\"instances\":[[39,\"Private\"]]}");
  private byte[] response = bytes("{\"predictions\":[\">50K\"]}");
  private String encoding = "";
  private String head = "";
  private Truncation truncation = Truncation.NONE;

  private Events(long sequence) {
    this.sequence = sequence;
    id = new UUID(0x0199_f3a0_7c00_7000L, 0x8000_0000_0000_0000L | sequence);
    loggedMicros = NOON + sequence * 1_000;
    arrivalMicros = loggedMicros;
  }

  public static Events event(long sequence) {
    return new Events(sequence);
  }

  public static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public Events id(UUID value) {
    id = value;
    return this;
  }

  public Events logged(String instant) {
    loggedMicros = micros(instant);
    arrivalMicros = loggedMicros;
    return this;
  }

  public Events arrived(long micros) {
    arrivalMicros = micros;
    return this;
  }

  public Events model(String name, String versionName) {
    model = name;
    version = versionName;
    return this;
  }

  public Events status(int code, Outcome how) {
    status = code;
    outcome = how;
    return this;
  }

  public Events latency(long micros) {
    latencyMicros = micros;
    return this;
  }

  public Events requestId(String value) {
    requestId = value;
    return this;
  }

  public Events trace(String traceId) {
    trace = "00-" + traceId + "-00f067aa0ba902b7-01";
    return this;
  }

  public Events synthetic() {
    synthetic = true;
    return this;
  }

  public Events request(String body) {
    return request(bytes(body), "");
  }

  public Events request(byte[] body, String contentEncoding) {
    request = body;
    encoding = contentEncoding;
    return this;
  }

  public Events response(String body) {
    response = bytes(body);
    return this;
  }

  public Events head(String lines) {
    head = lines;
    return this;
  }

  public Events truncated() {
    truncation = Truncation.CAP;
    return this;
  }

  public LoggedEvent build() {
    Side in =
        new Side(
            Payload.of(bytes(head)),
            Payload.of(request),
            request.length,
            0,
            "application/json",
            encoding,
            truncation);
    Side out =
        new Side(
            Payload.EMPTY,
            Payload.of(response),
            response.length,
            0,
            "application/json",
            "",
            Truncation.NONE);
    PayloadEvent.Exchange exchange =
        new PayloadEvent.Exchange(
            id,
            new CallerIds("", requestId, ""),
            new Trace(trace, ""),
            ModelRef.of(model).withVersion(version),
            new Call("POST", "/v1/models/income:predict", "v1", "http", status, -1, outcome),
            new Times(arrivalMicros, latencyMicros, latencyMicros - 400),
            in,
            out,
            new Marks(1, "", synthetic, ""));
    return new LoggedEvent(sequence, loggedMicros, 0, sequence, exchange);
  }

  public static LoggedEvent report(long sequence, UUID exchangeId, String json) {
    return new LoggedEvent(
        sequence,
        NOON + sequence * 1_000,
        65_535,
        sequence,
        new PayloadEvent.Report(
            new UUID(0x0199_f3a0_7c00_7001L, 0x8000_0000_0000_0000L | sequence),
            "explanation",
            exchangeId,
            ModelRef.of("income"),
            NOON + sequence * 1_000,
            bytes(json)));
  }

  public static LoggedEvent gap(long sequence) {
    return new LoggedEvent(
        sequence,
        NOON + sequence * 1_000,
        0,
        sequence,
        new PayloadEvent.Gap(
            new UUID(1, sequence),
            new UUID(2, 2),
            1,
            0,
            1,
            2,
            2,
            100,
            "ring_full",
            true,
            0,
            0,
            ""));
  }
}
