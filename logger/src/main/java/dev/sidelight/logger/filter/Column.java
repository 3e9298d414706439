package dev.sidelight.logger.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A field that every stored request has; the public name is the lower-case constant. */
public enum Column {
  TIME(Kind.TIME),
  MODEL(Kind.WORD),
  VERSION(Kind.WORD),
  VARIANT(Kind.WORD),
  TENANT(Kind.WORD),
  NAMESPACE(Kind.WORD),
  SERVICE(Kind.WORD),
  COMPONENT(Kind.WORD),
  ENDPOINT(Kind.WORD),
  PROTOCOL(Kind.WORD),
  METHOD(Kind.WORD),
  PATH(Kind.WORD),
  STATUS(Kind.COUNT),
  GRPC_STATUS(Kind.COUNT),
  OUTCOME(Kind.WORD),
  LATENCY(Kind.DURATION),
  UPSTREAM_LATENCY(Kind.DURATION),
  ROWS(Kind.COUNT),
  /** Request and response together. */
  BYTES(Kind.SIZE),
  REQUEST_BYTES(Kind.SIZE),
  RESPONSE_BYTES(Kind.SIZE),
  ID(Kind.ID),
  REQUEST_ID(Kind.WORD),
  TRACE_ID(Kind.WORD),
  SYNTHETIC(Kind.FLAG),
  TRUNCATED(Kind.FLAG),
  REDACTED(Kind.FLAG),
  HISTORY(Kind.FLAG);

  private final Kind kind;

  Column(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The name in a filter. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Column> ofWord(String word) {
    return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Column::word).toList();
  }

  /** What a column holds, and so how its values are written. */
  public enum Kind {
    /** Text, compared byte by byte. */
    WORD,
    /** A whole number. */
    COUNT,
    /** Microseconds; written {@code 50ms}, {@code 2s}, {@code 1.5m}. */
    DURATION,
    /** Bytes; written {@code 10KiB}, {@code 2MB}. */
    SIZE,
    /** Microseconds since 1970; written as RFC 3339 or a date (its midnight UTC). */
    TIME,
    /** A UUID. */
    ID,
    /** {@code true} or {@code false}. */
    FLAG
  }
}
