package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.config.Config;
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
    ObjectNode schema = object(Config.class);
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Sidelight configuration");
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode object(Class<?> type) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", "object");
    node.put("additionalProperties", false);
    ObjectNode properties = node.putObject("properties");
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(SettingKey.kebab(component.getName()), member(component));
    }
    return node;
  }

  private static ObjectNode member(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      return leaf(component.getType(), setting);
    }
    ObjectNode node = JSON.createObjectNode();
    if (component.getType() == Map.class) {
      node.put("type", "object");
      node.set("additionalProperties", object(argument(component, 1)));
      return node;
    }
    if (component.getType() == List.class) {
      node.put("type", "array");
      node.set("items", object(argument(component, 0)));
      return node;
    }
    return object(component.getType());
  }

  private static ObjectNode leaf(Class<?> type, Setting setting) {
    ObjectNode node = JSON.createObjectNode();
    node.put("description", setting.doc());
    node.put("default", setting.value());
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
