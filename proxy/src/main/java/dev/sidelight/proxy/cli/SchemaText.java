package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.Inherits;
import dev.sidelight.proxy.config.Setting;
import dev.sidelight.proxy.config.SettingKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** The JSON Schema of the configuration file, made from the records. */
final class SchemaText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaText() {}

  static String of() {
    ObjectNode schema = object(Config.class, List.of());
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Sidelight configuration");
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param from where values come from that nobody gave
   */
  private static ObjectNode object(Class<?> type, List<String> from) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", "object");
    node.put("additionalProperties", false);
    ObjectNode properties = node.putObject("properties");
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SettingKey.kebab(component.getName());
      List<String> inherited = from.stream().map(base -> base + "." + name).toList();
      Inherits own = component.getAnnotation(Inherits.class);
      properties.set(name, member(component, own == null ? inherited : List.of(own.value())));
    }
    return node;
  }

  private static ObjectNode member(RecordComponent component, List<String> from) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      return leaf(component.getType(), setting, from);
    }
    ObjectNode node = JSON.createObjectNode();
    if (component.getType() == Map.class) {
      node.put("type", "object");
      node.set("additionalProperties", object(argument(component, 1), List.of()));
      return node;
    }
    if (component.getType() == List.class) {
      node.put("type", "array");
      node.set("items", object(argument(component, 0), List.of()));
      return node;
    }
    return object(component.getType(), from);
  }

  private static ObjectNode leaf(Class<?> type, Setting setting, List<String> from) {
    ObjectNode node = JSON.createObjectNode();
    if (from.isEmpty()) {
      node.put("description", setting.doc());
      node.put("default", setting.value());
    } else {
      node.put("description", setting.doc() + "; else that of " + String.join(", ", from));
    }
    if (type == List.class) {
      node.put("type", "array");
    } else if (type == boolean.class) {
      node.put("type", "boolean");
    } else if (type == int.class || type == long.class) {
      node.put("type", "integer");
    } else if (type == double.class) {
      node.put("type", "number");
    } else {
      node.putArray("type").add("string").add("integer");
    }
    return node;
  }

  private static Class<?> argument(RecordComponent component, int index) {
    return (Class<?>)
        ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
  }
}
