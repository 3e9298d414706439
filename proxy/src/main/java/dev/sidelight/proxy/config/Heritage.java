package dev.sidelight.proxy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values bound so far: what a setting that nobody gave may take its value from. */
final class Heritage {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

  /** A value and the key it has been bound to. */
  record Inherited(String key, Object value) {}

  private final Map<String, Object> bound = new HashMap<>();

  void put(String key, Object value) {
    bound.put(key, value);
  }

  /**
   * The first of these keys that has a value.
   *
   * @param key of the setting that looks for one
   * @param from as in {@link Inherits}
   */
  Optional<Inherited> of(String key, List<String> from) {
    for (String each : from) {
      String wanted = filled(key, each);
      Object value = bound.get(wanted);
      if (value != null) {
        return Optional.of(new Inherited(wanted, value));
      }
    }
    return Optional.empty();
  }

  private String filled(String key, String template) {
    Matcher matcher = PLACE.matcher(template);
    return matcher.replaceAll(
        place -> Matcher.quoteReplacement(around(key, place.group(1)).orElse(place.group())));
  }

  /** What a setting of this name says, in the record of {@code key} or in one around it. */
  private Optional<String> around(String key, String name) {
    for (int dot = key.lastIndexOf('.'); dot >= 0; dot = key.lastIndexOf('.', dot - 1)) {
      Object value = bound.get(key.substring(0, dot + 1) + name);
      if (value != null) {
        return Optional.of(value instanceof String text ? text : SettingValue.print(value));
      }
    }
    return Optional.empty();
  }
}
