package dev.sidelight.core.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Microseconds since 1970 as RFC 3339 text. */
final class Timestamps {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** {@code 2026-01-02T03:04:05.000006Z}: always six digits. */
  static String format(long micros) {
    return MICROS.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** Any RFC 3339 time; finer digits are cut. */
  static long parse(String text) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Microseconds as milliseconds with three decimals. */
  static String millis(long micros) {
    return BigDecimal.valueOf(micros, 3).toPlainString();
  }

  static long micros(String millis) {
    return new BigDecimal(millis).movePointRight(3).longValue();
  }
}
