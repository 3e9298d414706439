package dev.sidelight.proxy.config;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text to the few types a setting may have, and back. */
final class SettingValue {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)?");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private SettingValue() {}

  /**
   * @throws IllegalArgumentException with a sentence that starts with "expected"
   */
  static Object parse(String text, Type type) {
    if (type == String.class) {
      return text;
    }
    if (type == int.class) {
      return Math.toIntExact(whole(text));
    }
    if (type == long.class) {
      return whole(text);
    }
    if (type == double.class) {
      return decimal(text);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == ByteSize.class) {
      return ByteSize.parse(text);
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      return constant(text, c);
    }
    return list(text);
  }

  private static long whole(String text) {
    try {
      long value = Long.parseLong(text.strip());
      if (value != (int) value && text.strip().length() > 18) {
        throw new NumberFormatException();
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number, got '" + text + "'", e);
    }
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, got '" + text + "'", e);
    }
  }

  private static boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("expected true or false, got '" + text + "'");
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches() || (matcher.group(2) == null && !matcher.group(1).equals("0"))) {
      throw new IllegalArgumentException(
          "expected a duration like 250ms, 10s, 5m or 1h, got '" + text + "'");
    }
    String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
    return Duration.ofMillis(Long.parseLong(matcher.group(1)) * MILLIS.getOrDefault(unit, 1L));
  }

  private static Object constant(String text, Class<?> type) {
    String wanted = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    for (Object constant : type.getEnumConstants()) {
      if (word(constant).equals(wanted)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(SettingValue::word)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("expected one of " + known + ", got '" + text + "'");
  }

  private static List<String> list(String text) {
    String inner = text.strip();
    if (inner.startsWith("[") && inner.endsWith("]")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    return Arrays.stream(inner.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** As it would be written in a file. */
  static String print(Object value) {
    if (value instanceof Enum<?>) {
      return word(value);
    }
    if (value instanceof Duration d) {
      return d.toMillis() % 1000 == 0 ? d.toSeconds() + "s" : d.toMillis() + "ms";
    }
    return value instanceof String text ? masked(text) : value.toString();
  }

  /** A password in an address stays out of what is printed. */
  static String masked(String text) {
    return text.replaceAll("(://|^)[^/@\\s]+@", "$1***@");
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
