package dev.sidelight.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The small JSON texts inside attributes, in ASCII so that they may stand in a header. */
final class HeaderJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private HeaderJson() {}

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator to) throws IOException;
  }

  private static String write(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = FACTORY.createGenerator(text)) {
      to.writeStartObject();
      content.write(to);
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writes a string
    }
    return text.toString().replace("\u007f", "\\u007f");
  }

  static String ofTexts(Map<String, String> texts) {
    return write(
        to -> {
          for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
            to.writeStringField(entry.getKey(), entry.getValue());
          }
        });
  }

  static String ofLists(Map<String, List<String>> lists) {
    return write(
        to -> {
          for (Map.Entry<String, List<String>> entry : lists.entrySet()) {
            to.writeArrayFieldStart(entry.getKey());
            for (String value : entry.getValue()) {
              to.writeString(value);
            }
            to.writeEndArray();
          }
        });
  }

  /** Reads what {@link #ofLists} writes. */
  static Map<String, List<String>> lists(String json) {
    Map<String, List<String>> lists = new TreeMap<>();
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        List<String> values = lists.computeIfAbsent(in.currentName(), _ -> new ArrayList<>());
        in.nextToken();
        while (in.nextToken() == JsonToken.VALUE_STRING) {
          values.add(in.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("metadata is not an object of lists of strings", e);
    }
    return lists;
  }

  static String gap(PayloadEvent.Gap gap) {
    return write(
        to -> {
          to.writeStringField("spool", gap.spool().toString());
          to.writeNumberField("epoch", gap.epoch());
          to.writeNumberField("loop", gap.loop());
          to.writeNumberField("from", gap.from());
          to.writeNumberField("to", gap.to());
          to.writeNumberField("count", gap.count());
          to.writeNumberField("bytes", gap.bytes());
          to.writeStringField("reason", gap.reason());
          to.writeBooleanField("exact", gap.exact());
          to.writeStringField("first", Timestamps.format(gap.firstMicros()));
          to.writeStringField("last", Timestamps.format(gap.lastMicros()));
          to.writeStringField("sink", gap.sink());
        });
  }
}
