package dev.sidelight.proxy.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML (and so JSON) into nodes that know their lines. Anchors and tags build nothing. */
final class YamlReader {

  private final String fileName;

  YamlReader(String fileName) {
    this.fileName = fileName;
  }

  /** An empty text is an empty mapping. */
  YamlNode.Mapping read(String text) {
    YAMLFactory factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (YAMLParser parser = factory.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return new YamlNode.Mapping(Map.of(), 1);
      }
      if (node(parser) instanceof YamlNode.Mapping mapping) {
        return mapping;
      }
      throw fault(1, "the file must be a mapping of settings");
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw fault(line, "not YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw fault(1, "cannot be read: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private YamlNode node(JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, line);
      case START_ARRAY -> sequence(parser, line);
      case VALUE_NULL -> new YamlNode.Scalar("", line);
      default -> new YamlNode.Scalar(parser.getText(), line);
    };
  }

  private YamlNode.Mapping mapping(JsonParser parser, int line) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      entries.put(name, node(parser));
    }
    return new YamlNode.Mapping(entries, line);
  }

  private YamlNode.Sequence sequence(JsonParser parser, int line) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return new YamlNode.Sequence(items, line);
  }

  private ConfigException fault(int line, String message) {
    return new ConfigException(List.of(new ConfigFault("", fileName + ":" + line, message)));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
