package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The file form of a {@link FeatureSchema}: {@code {"features":[{"name":"age","kind":"numeric"},
 * ...],"groups":[{"name":"country","members":["country_US",...],"oneHot":true}],"outputs":[...],
 * "immutable":["age"]}}. Groups and immutable features go by name. A feature without a kind is
 * categorical if it has labels, else numeric.
 */
public final class SchemaJson {

  private final JsonTokens in;
  private final List<Feature> features = new ArrayList<>();
  private final List<NamedGroup> groups = new ArrayList<>();
  private List<String> outputs = List.of();
  private List<String> immutable = List.of();

  /** A group before all features are known. */
  private record NamedGroup(String name, List<String> members, boolean oneHot) {}

  private SchemaJson(JsonTokens in) {
    this.in = in;
  }

  /**
   * @throws CodecException with the pointer of the first fault
   */
  public static FeatureSchema read(byte[] json) {
    JsonTokens in = JsonTokens.open(json, CodecLimits.defaults());
    in.next();
    SchemaJson reader = new SchemaJson(in);
    JsonObjects.members(in, "", reader::member);
    in.end();
    return reader.schema();
  }

  private void member(String name) {
    switch (name) {
      case "features" -> each("/features", this::feature);
      case "groups" -> each("/groups", this::group);
      case "outputs" -> outputs = texts("/outputs");
      case "immutable" -> immutable = texts("/immutable");
      default -> throw unknown("", name);
    }
  }

  /** What reads one element, given its pointer. */
  @FunctionalInterface
  private interface Element {
    void read(String pointer);
  }

  private void each(String pointer, Element element) {
    if (in.current() != JsonToken.START_ARRAY) {
      throw JsonNumbers.type(in.current(), "a list", () -> pointer);
    }
    for (int i = 0; in.next() != JsonToken.END_ARRAY; i++) {
      element.read(pointer + "/" + i);
    }
  }

  private List<String> texts(String pointer) {
    List<String> texts = new ArrayList<>();
    each(pointer, place -> texts.add(text(place)));
    return texts;
  }

  /** A string, or a number as it is written: labels may be codes. */
  private String text(String pointer) {
    if (in.current() != JsonToken.VALUE_STRING && !in.current().isNumeric()) {
      throw JsonNumbers.type(in.current(), "a string", () -> pointer);
    }
    return in.text();
  }

  private void feature(String pointer) {
    Map<String, String> texts = new HashMap<>();
    List<String> labels = new ArrayList<>();
    JsonObjects.members(
        in,
        pointer,
        name -> {
          switch (name) {
            case "name", "kind" -> texts.put(name, text(pointer + "/" + name));
            case "labels" -> labels.addAll(texts(pointer + "/labels"));
            default -> throw unknown(pointer, name);
          }
        });
    FeatureKind kind = labels.isEmpty() ? FeatureKind.NUMERIC : FeatureKind.CATEGORICAL;
    if (texts.containsKey("kind")) {
      kind = kind(texts.get("kind"), pointer + "/kind");
    }
    String name = texts.getOrDefault("name", "");
    if (name.isEmpty()) {
      throw JsonObjects.missing(pointer + "/name", "a feature's name");
    }
    if (features.stream().anyMatch(f -> f.name().equals(name))) {
      throw fault(pointer + "/name", "every name once", "a name twice");
    }
    if (kind != FeatureKind.CATEGORICAL && !labels.isEmpty()) {
      throw fault(pointer + "/labels", "labels of a categorical feature only", "another kind");
    }
    if (new HashSet<>(labels).size() != labels.size()) {
      throw fault(pointer + "/labels", "every label once", "a label twice");
    }
    features.add(new Feature(name, kind, labels));
  }

  private static FeatureKind kind(String word, String pointer) {
    for (FeatureKind kind : FeatureKind.values()) {
      if (word(kind).equals(word)) {
        return kind;
      }
    }
    throw fault(pointer, "numeric, categorical, boolean, text, opaque or constant", "another word");
  }

  private static String word(FeatureKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void group(String pointer) {
    Map<String, String> texts = new HashMap<>();
    List<String> members = new ArrayList<>();
    boolean[] oneHot = {false};
    JsonObjects.members(
        in,
        pointer,
        name -> {
          switch (name) {
            case "name" -> texts.put(name, text(pointer + "/name"));
            case "members" -> members.addAll(texts(pointer + "/members"));
            case "oneHot" -> {
              if (!in.current().isBoolean()) {
                throw JsonNumbers.type(in.current(), "true or false", () -> pointer + "/oneHot");
              }
              oneHot[0] = in.current() == JsonToken.VALUE_TRUE;
            }
            default -> throw unknown(pointer, name);
          }
        });
    String name = texts.getOrDefault("name", "");
    if (name.isEmpty()) {
      throw JsonObjects.missing(pointer + "/name", "a group's name");
    }
    if (members.isEmpty()) {
      throw JsonObjects.missing(pointer + "/members", "at least one feature");
    }
    groups.add(new NamedGroup(name, members, oneHot[0]));
  }

  private FeatureSchema schema() {
    if (features.isEmpty()) {
      throw JsonObjects.missing("/features", "at least one feature");
    }
    Map<String, Integer> columns = new HashMap<>();
    for (Feature feature : features) {
      columns.put(feature.name(), columns.size());
    }
    Set<Integer> grouped = new HashSet<>();
    List<FeatureGroup> byColumn = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      NamedGroup group = groups.get(g);
      List<Integer> members =
          columns(group.members(), columns, grouped, "/groups/" + g + "/members");
      byColumn.add(new FeatureGroup(group.name(), members, group.oneHot()));
    }
    columns(immutable, columns, new HashSet<>(), "/immutable");
    return new FeatureSchema(features, byColumn, outputs, Set.copyOf(immutable));
  }

  private static List<Integer> columns(
      List<String> names, Map<String, Integer> columns, Set<Integer> taken, String pointer) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Integer column = columns.get(names.get(i));
      if (column == null) {
        throw fault(pointer + "/" + i, "the name of a feature", "an unknown name");
      }
      if (!taken.add(column)) {
        throw fault(pointer + "/" + i, "every feature once", "a feature twice");
      }
      found.add(column);
    }
    found.sort(null);
    return found;
  }

  private static CodecException unknown(String pointer, String name) {
    String place = pointer + "/" + JsonObjects.escaped(name);
    return new CodecException(
        "member_unknown", place, "a member of a schema", "another name", place + " is unknown");
  }

  private static CodecException fault(String pointer, String expected, String found) {
    return new CodecException(
        "schema_invalid",
        pointer,
        expected,
        found,
        "%s: expected %s, found %s".formatted(pointer, expected, found));
  }

  /** What {@link #read} reads back equal. */
  public static byte[] write(FeatureSchema schema) {
    return JsonWriter.write(
        to -> {
          to.writeStartObject();
          to.writeArrayFieldStart("features");
          for (Feature feature : schema.features()) {
            to.writeStartObject();
            to.writeStringField("name", feature.name());
            to.writeStringField("kind", word(feature.kind()));
            if (!feature.labels().isEmpty()) {
              texts(to, "labels", feature.labels());
            }
            to.writeEndObject();
          }
          to.writeEndArray();
          if (!schema.groups().isEmpty()) {
            groups(to, schema);
          }
          if (!schema.outputs().isEmpty()) {
            texts(to, "outputs", schema.outputs());
          }
          if (!schema.immutable().isEmpty()) {
            texts(to, "immutable", schema.immutable().stream().sorted().toList());
          }
          to.writeEndObject();
        });
  }

  private static void groups(JsonGenerator to, FeatureSchema schema) throws IOException {
    to.writeArrayFieldStart("groups");
    for (FeatureGroup group : schema.groups()) {
      to.writeStartObject();
      to.writeStringField("name", group.name());
      texts(
          to,
          "members",
          group.members().stream().map(c -> schema.features().get(c).name()).toList());
      to.writeBooleanField("oneHot", group.oneHot());
      to.writeEndObject();
    }
    to.writeEndArray();
  }

  private static void texts(JsonGenerator to, String name, Collection<String> texts)
      throws IOException {
    to.writeArrayFieldStart(name);
    for (String text : texts) {
      to.writeString(text);
    }
    to.writeEndArray();
  }
}
