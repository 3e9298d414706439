package dev.sidelight.proxy.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records from the sources, going on after a fault with the default in its place. */
final class ConfigBinder {

  private final Sources sources;
  private final List<ConfigFault> faults = new ArrayList<>();
  private final List<LoadedConfig.Value> values = new ArrayList<>();

  ConfigBinder(Sources sources) {
    this.sources = sources;
  }

  Config bind(YamlNode.Mapping file) {
    return (Config) record(Config.class, "", "", file);
  }

  List<ConfigFault> faults() {
    return faults;
  }

  List<LoadedConfig.Value> values() {
    return values;
  }

  /**
   * @param key dotted key with real names, for messages and sources
   * @param node what the file says here, null for nothing
   */
  private Object record(Class<?> type, String key, String prefix, YamlNode.@Nullable Mapping node) {
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, prefix, node);
    Object[] arguments = new Object[components.length];
    boolean changed = false;
    for (int i = 0; i < components.length; i++) {
      String name = SettingKey.kebab(components[i].getName());
      YamlNode child = node == null ? null : node.entries().get(name);
      arguments[i] = component(components[i], prefix + name, child);
      changed |= !arguments[i].equals(defaultOf(components[i]));
    }
    try {
      return construct(type, components, arguments);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      faults.add(new ConfigFault(key, originOf(message, node), message));
      if (!changed) {
        throw new IllegalStateException("the defaults of " + type.getName() + " are invalid", e);
      }
      return construct(type, components, defaults(components));
    }
  }

  private Object component(RecordComponent component, String key, @Nullable YamlNode node) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      return leaf(component.getGenericType(), setting, key, node);
    }
    if (component.getType() == Map.class) {
      return mapOf(argument(component, 1), key, node);
    }
    if (component.getType() == List.class) {
      return listOf(argument(component, 0), key, node);
    }
    return record(component.getType(), key, key + ".", mapping(key, node));
  }

  private Object leaf(Type type, Setting setting, String key, @Nullable YamlNode node) {
    String flag = sources.flags().get(key);
    String environmentName = new SettingKey(key, "", "", Object.class).environmentName();
    String environment = sources.environment().get(environmentName);
    String text = setting.value();
    String origin = "default";
    if (flag != null) {
      text = flag;
      origin = "--" + key;
    } else if (environment != null) {
      text = environment;
      origin = environmentName;
    } else if (node != null) {
      text = scalar(key, node, setting.value());
      origin = sources.fileName() + ":" + node.line();
    }
    try {
      Object value = SettingValue.parse(text, type);
      values.add(new LoadedConfig.Value(key, SettingValue.print(value), origin));
      return value;
    } catch (IllegalArgumentException | ArithmeticException e) {
      faults.add(new ConfigFault(key, origin, key + ": " + e.getMessage()));
      return SettingValue.parse(setting.value(), type);
    }
  }

  private String scalar(String key, YamlNode node, String fallback) {
    return switch (node) {
      case YamlNode.Scalar s -> s.text();
      case YamlNode.Sequence s ->
          String.join(
              ",",
              s.items().stream()
                  .map(item -> item instanceof YamlNode.Scalar scalar ? scalar.text() : "")
                  .toList());
      case YamlNode.Mapping m -> {
        fault(key, m, key + " must be a value, got a mapping");
        yield fallback;
      }
    };
  }

  private YamlNode.@Nullable Mapping mapping(String key, @Nullable YamlNode node) {
    if (node == null || node instanceof YamlNode.Mapping) {
      return (YamlNode.Mapping) node;
    }
    if (!(node instanceof YamlNode.Scalar s && s.text().isEmpty())) {
      fault(key, node, key + " must be a mapping");
    }
    return null;
  }

  private Map<String, Object> mapOf(Class<?> type, String key, @Nullable YamlNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    YamlNode.Mapping mapping = mapping(key, node);
    if (mapping != null) {
      mapping
          .entries()
          .forEach(
              (name, child) -> {
                String at = key + "." + name;
                map.put(name, record(type, at, at + ".", mapping(at, child)));
              });
    }
    return map;
  }

  private List<Object> listOf(Class<?> type, String key, @Nullable YamlNode node) {
    List<Object> list = new ArrayList<>();
    if (node instanceof YamlNode.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String at = key + "[" + i + "]";
        list.add(record(type, at, at + ".", mapping(at, sequence.items().get(i))));
      }
    } else if (node != null) {
      fault(key, node, key + " must be a list");
    }
    return list;
  }

  private void refuseUnknown(
      RecordComponent[] components, String prefix, YamlNode.@Nullable Mapping node) {
    if (node == null) {
      return;
    }
    List<String> known =
        Arrays.stream(components).map(c -> SettingKey.kebab(c.getName())).sorted().toList();
    node.entries()
        .forEach(
            (name, child) -> {
              if (!known.contains(name)) {
                String nearest =
                    NearestName.of(name, known)
                        .map(n -> "; did you mean " + prefix + n + "?")
                        .orElse("");
                fault(prefix + name, child, "unknown setting '" + prefix + name + "'" + nearest);
              }
            });
  }

  private void fault(String key, YamlNode node, String message) {
    faults.add(new ConfigFault(key, sources.fileName() + ":" + node.line(), message));
  }

  /** A record's own rule names its key first; that key's value says where it stands. */
  private String originOf(String message, YamlNode.@Nullable Mapping node) {
    int end = message.indexOf(' ');
    String key = end < 0 ? message : message.substring(0, end);
    return values.stream()
        .filter(value -> value.key().equals(key))
        .map(LoadedConfig.Value::origin)
        .findFirst()
        .orElse(node == null ? "default" : sources.fileName() + ":" + node.line());
  }

  private Object[] defaults(RecordComponent[] components) {
    return Arrays.stream(components).map(this::defaultOf).toArray();
  }

  private Object defaultOf(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      return SettingValue.parse(setting.value(), component.getGenericType());
    }
    if (component.getType() == Map.class) {
      return Map.of();
    }
    if (component.getType() == List.class) {
      return List.of();
    }
    RecordComponent[] inner = component.getType().getRecordComponents();
    return construct(component.getType(), inner, defaults(inner));
  }

  private static Class<?> argument(RecordComponent component, int index) {
    return (Class<?>)
        ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
  }

  private static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
