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
  private final Heritage heritage = new Heritage();

  ConfigBinder(Sources sources) {
    this.sources = sources;
  }

  Config bind(YamlNode.Mapping file) {
    return (Config) record(Config.class, "", file, List.of());
  }

  List<ConfigFault> faults() {
    return faults;
  }

  List<LoadedConfig.Value> values() {
    return values;
  }

  /**
   * @param key dotted key with real names, for messages and sources; empty for the whole tree
   * @param node what the file says here, null for nothing
   * @param from where values come from that nobody gave, see {@link Inherits}
   */
  private Object record(
      Class<?> type, String key, YamlNode.@Nullable Mapping node, List<String> from) {
    String prefix = key.isEmpty() ? "" : key + ".";
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, prefix, node);
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = SettingKey.kebab(components[i].getName());
      YamlNode child = node == null ? null : node.entries().get(name);
      arguments[i] = component(components[i], prefix + name, child, inherited(name, from));
    }
    return valid(type, key, node, components, arguments);
  }

  private static List<String> inherited(String name, List<String> from) {
    return from.stream().map(base -> base + "." + name).toList();
  }

  /** Puts a default in the place of each value that breaks a rule, so that all faults are told. */
  private Object valid(
      Class<?> type,
      String key,
      YamlNode.@Nullable Mapping node,
      RecordComponent[] components,
      Object[] arguments) {
    for (int attempt = 0; attempt <= components.length; attempt++) {
      try {
        return construct(type, components, arguments);
      } catch (FaultsException e) {
        e.sentences().forEach(sentence -> broken(key, node, sentence));
        break;
      } catch (IllegalArgumentException e) {
        String sentence = String.valueOf(e.getMessage()).replace("<here>", key);
        if (!reset(sentence, key, components, arguments) && attempt > 0) {
          break; // a rule about two settings, told already
        }
        broken(key, node, sentence);
      }
    }
    try {
      return construct(type, components, defaults(components));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the defaults of " + type.getName() + " are invalid", e);
    }
  }

  private void broken(String key, YamlNode.@Nullable Mapping node, String sentence) {
    faults.add(new ConfigFault(key, originOf(sentence, node), sentence));
  }

  /** Whether the setting that the sentence begins with was not yet at its default. */
  private boolean reset(
      String sentence, String key, RecordComponent[] components, Object[] arguments) {
    String prefix = key.isEmpty() ? "" : key + ".";
    for (int i = 0; i < components.length; i++) {
      if (sentence.startsWith(prefix + SettingKey.kebab(components[i].getName()) + " ")) {
        Object usual = defaultOf(components[i]);
        boolean changed = !arguments[i].equals(usual);
        arguments[i] = usual;
        return changed;
      }
    }
    return false;
  }

  private Object component(
      RecordComponent component, String key, @Nullable YamlNode node, List<String> from) {
    Inherits own = component.getAnnotation(Inherits.class);
    List<String> bases = new ArrayList<>(own == null ? List.of() : List.of(own.value()));
    Setting setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      if (own == null) {
        bases.addAll(from);
      }
      return leaf(component.getGenericType(), setting, key, node, bases);
    }
    if (component.getType() == Map.class) {
      return mapOf(argument(component, 1), key, node);
    }
    if (component.getType() == List.class) {
      return listOf(argument(component, 0), key, node);
    }
    return record(component.getType(), key, mapping(key, node), bases);
  }

  private Object leaf(
      Type type, Setting setting, String key, @Nullable YamlNode node, List<String> from) {
    boolean anywhere = SettingKey.isKnown(key); // what stands in a map is set by file only
    String flag = anywhere ? sources.flags().get(key) : null;
    String environmentName = new SettingKey(key, "", "", Object.class).environmentName();
    String environment = anywhere ? sources.environment().get(environmentName) : null;
    if (flag != null) {
      return parsed(flag, type, setting, key, "--" + key);
    }
    if (environment != null) {
      return parsed(environment, type, setting, key, environmentName);
    }
    if (node != null) {
      String origin = sources.fileName() + ":" + node.line();
      return parsed(scalar(key, node, setting.value()), type, setting, key, origin);
    }
    return heritage
        .of(key, from)
        .map(inherited -> bound(key, inherited.value(), inherited.key()))
        .orElseGet(() -> parsed(setting.value(), type, setting, key, "default"));
  }

  private Object parsed(String text, Type type, Setting setting, String key, String origin) {
    try {
      return bound(key, SettingValue.parse(text, type), origin);
    } catch (IllegalArgumentException | ArithmeticException e) {
      faults.add(new ConfigFault(key, origin, key + ": " + e.getMessage()));
      return SettingValue.parse(setting.value(), type);
    }
  }

  private Object bound(String key, Object value, String origin) {
    values.add(new LoadedConfig.Value(key, SettingValue.print(value), origin));
    heritage.put(key, value);
    return value;
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
                map.put(name, record(type, at, mapping(at, child), List.of()));
              });
    }
    return map;
  }

  private List<Object> listOf(Class<?> type, String key, @Nullable YamlNode node) {
    List<Object> list = new ArrayList<>();
    if (node instanceof YamlNode.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String at = key + "[" + i + "]";
        list.add(record(type, at, mapping(at, sequence.items().get(i)), List.of()));
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
