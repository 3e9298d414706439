package dev.sidelight.logger.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Reads the constants of each kind of field. */
final class Constants {

  /** Microseconds of one unit. */
  private static final Map<String, Long> DURATIONS =
      Map.of(
          "us",
          1L,
          "\u00b5s",
          1L,
          "ms",
          1_000L,
          "s",
          1_000_000L,
          "m",
          60_000_000L,
          "min",
          60_000_000L,
          "h",
          3_600_000_000L);

  /** Bytes of one unit; decimal and binary ones as their names say. */
  private static final Map<String, Long> SIZES =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1_000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30);

  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Digits beyond this are a mistake; a bound also on what BigDecimal may be asked to expand. */
  private static final int NUMBER_CHARS_MAX = 30;

  private Constants() {}

  static Constant of(Column.Kind kind, String value, int position) {
    return switch (kind) {
      case WORD -> new Constant.Text(value);
      case COUNT -> new Constant.Whole(scaled(value, Map.of("", 1L), "a whole number", position));
      case SIZE ->
          new Constant.Whole(scaled(value, SIZES, "a size such as 512, 10KiB or 2MB", position));
      case DURATION ->
          new Constant.Duration(
              scaled(value, DURATIONS, "a duration such as 50ms, 2s or 800us", position));
      case TIME -> new Constant.Time(time(value, position));
      case ID -> new Constant.Id(id(value, position));
      case FLAG -> new Constant.Flag(flag(value, position));
    };
  }

  /** A bare number is a number, everything else is text. */
  static Constant ofRow(String value, boolean isQuoted) {
    if (!isQuoted && isNumber(value)) {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return new Constant.Decimal(number);
      }
    }
    return new Constant.Text(value);
  }

  private static boolean isNumber(String value) {
    return value.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  }

  private static long scaled(String value, Map<String, Long> units, String expected, int position) {
    int end = 0;
    while (end < value.length() && isDigitOrSign(value, end)) {
      end++;
    }
    Long unit = units.get(value.substring(end).toLowerCase(Locale.ROOT));
    String digits = value.substring(0, end);
    if (unit == null || end > NUMBER_CHARS_MAX || !digits.matches("-?\\d+(\\.\\d+)?")) {
      throw FilterParser.error(position, "expected " + expected, expected);
    }
    if (unit == 1 && digits.indexOf('.') >= 0) {
      throw FilterParser.error(position, "there is no fraction of this unit", expected);
    }
    BigDecimal scaled =
        new BigDecimal(digits)
            .multiply(BigDecimal.valueOf(unit))
            .setScale(0, RoundingMode.HALF_EVEN);
    if (scaled.abs().compareTo(LONG_MAX) > 0) {
      throw FilterParser.error(position, "the number is too large", expected);
    }
    return scaled.longValueExact();
  }

  private static boolean isDigitOrSign(String value, int at) {
    char c = value.charAt(at);
    return (c >= '0' && c <= '9') || c == '.' || c == '-';
  }

  private static long time(String value, int position) {
    try {
      Instant instant =
          value.length() == 10
              ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(value).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException | ArithmeticException notATime) {
      String expected = "a time such as 2026-11-22T10:00:00Z or 2026-11-22";
      throw FilterParser.error(position, "expected " + expected, expected);
    }
  }

  private static UUID id(String value, int position) {
    try {
      UUID id = UUID.fromString(value);
      if (id.toString().equalsIgnoreCase(value)) { // fromString also takes shortened forms
        return id;
      }
    } catch (IllegalArgumentException notAnId) {
      // said below
    }
    throw FilterParser.error(position, "expected a UUID", "a UUID");
  }

  private static boolean flag(String value, int position) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw FilterParser.error(position, "expected true or false", "true", "false");
    };
  }
}
