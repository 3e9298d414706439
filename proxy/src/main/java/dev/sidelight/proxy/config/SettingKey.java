package dev.sidelight.proxy.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A leaf that every source can set (maps and lists of records are set by file only).
 *
 * @param key {@code spool.dir}
 */
public record SettingKey(String key, String defaultText, String doc, Class<?> type) {

  /** All leaves in the order of the tree. */
  public static List<SettingKey> all() {
    List<SettingKey> keys = new ArrayList<>();
    collect("", Config.class, keys);
    return List.copyOf(keys);
  }

  private static final class Known {
    static final Set<String> KEYS =
        all().stream().map(SettingKey::key).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is one of {@link #all}. */
  static boolean isKnown(String key) {
    return Known.KEYS.contains(key);
  }

  private static void collect(String prefix, Class<?> type, List<SettingKey> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + kebab(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      if (setting != null) {
        into.add(new SettingKey(key, setting.value(), setting.doc(), component.getType()));
      } else if (component.getType().isRecord()) {
        collect(key + ".", component.getType(), into);
      }
    }
  }

  /** {@code SIDELIGHT_SPOOL_DIR}. */
  public String environmentName() {
    return "SIDELIGHT_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** {@code bodyBytesMax} as {@code body-bytes-max}. */
  public static String kebab(String camelCase) {
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-').append(Character.toLowerCase(c));
      } else {
        kebab.append(c);
      }
    }
    return kebab.toString();
  }
}
