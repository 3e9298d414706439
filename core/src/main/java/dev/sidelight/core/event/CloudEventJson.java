package dev.sidelight.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The structured mode: one JSON object per event ({@code application/cloudevents+json}), or a list
 * of them ({@code application/cloudevents-batch+json}). A body stands as JSON {@code data} only if
 * its type says JSON, it is not encoded, and it parses strictly; else as {@code data_base64}.
 */
public final class CloudEventJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private CloudEventJson() {}

  public static byte[] write(CloudEvent event) {
    return written(to -> object(to, event));
  }

  public static byte[] writeBatch(List<CloudEvent> events) {
    return written(
        to -> {
          to.writeStartArray();
          for (CloudEvent event : events) {
            object(to, event);
          }
          to.writeEndArray();
        });
  }

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator to) throws IOException;
  }

  private static byte[] written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
      content.write(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writes an array
    }
    return bytes.toByteArray();
  }

  private static void object(JsonGenerator to, CloudEvent event) throws IOException {
    to.writeStartObject();
    for (Map.Entry<String, Object> attribute : event.attributes().entrySet()) {
      switch (attribute.getValue()) {
        case Integer number -> to.writeNumberField(attribute.getKey(), number);
        case Boolean flag -> to.writeBooleanField(attribute.getKey(), flag);
        default -> to.writeStringField(attribute.getKey(), attribute.getValue().toString());
      }
    }
    Optional<String> json = json(event);
    if (json.isPresent()) {
      to.writeFieldName("data");
      to.writeRawValue(json.get());
    } else if (event.data().length > 0) {
      to.writeStringField("data_base64", Base64.getEncoder().encodeToString(event.data()));
    }
    to.writeEndObject();
  }

  /** The body as it stands, where it may stand as JSON. */
  private static Optional<String> json(CloudEvent event) {
    String type = event.text("datacontenttype").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip();
    boolean says = media.equals("application/json") || media.endsWith("+json");
    byte[] data = event.data();
    if (!says || !event.text("contentencoding").isEmpty() || data.length == 0) {
      return Optional.empty();
    }
    if (data[0] <= ' ' || data[data.length - 1] <= ' ') {
      return Optional.empty(); // white space around it would not come back
    }
    try (JsonParser in = FACTORY.createParser(data)) {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      in.nextToken();
      in.skipChildren();
      in.finishToken();
      return in.nextToken() == null ? Optional.of(text) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not one structured event
   */
  public static CloudEvent read(byte[] json) {
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      return object(in, json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a structured CloudEvent", e);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not a list of structured events
   */
  public static List<CloudEvent> readBatch(byte[] json) {
    List<CloudEvent> events = new ArrayList<>();
    try (JsonParser in = FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("not a batch of CloudEvents");
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        events.add(object(in, json));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not a batch of CloudEvents", e);
    }
    return events;
  }

  private static CloudEvent object(JsonParser in, byte[] json) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("a structured CloudEvent is an object");
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    byte[] data = new byte[0];
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken token = in.nextToken();
      switch (name) {
        case "data" -> data = raw(in, json);
        case "data_base64" -> data = Base64.getDecoder().decode(in.getText());
        default -> {
          if (token == JsonToken.VALUE_NUMBER_INT) {
            attributes.put(name, in.getIntValue());
          } else if (token.isBoolean()) {
            attributes.put(name, in.getBooleanValue());
          } else if (token == JsonToken.VALUE_STRING) {
            attributes.put(name, in.getText());
          } else if (token != JsonToken.VALUE_NULL) {
            throw new IllegalArgumentException("attribute '" + name + "' is no scalar");
          }
        }
      }
    }
    return new CloudEvent(attributes, data);
  }

  /** The value at the cursor, byte for byte. */
  private static byte[] raw(JsonParser in, byte[] json) throws IOException {
    int from = Math.toIntExact(in.currentTokenLocation().getByteOffset());
    if (in.currentToken().isNumeric()) {
      return in.getText().getBytes(StandardCharsets.UTF_8);
    }
    in.skipChildren();
    in.finishToken();
    return Arrays.copyOfRange(json, from, Math.toIntExact(in.currentLocation().getByteOffset()));
  }
}
