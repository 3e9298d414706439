package dev.sidelight.proxy.serve.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.explainers.Literal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON as our documents write it: numbers that JSON does not know are null. */
final class JsonOut {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private JsonOut(JsonGenerator json) {
    this.json = json;
  }

  /** Writes one document. */
  @FunctionalInterface
  interface Writing {
    void to(JsonOut out) throws IOException;
  }

  /** UTF-8. */
  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writing.to(new JsonOut(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return bytes.toByteArray();
  }

  void begin() throws IOException {
    json.writeStartObject();
  }

  void begin(String name) throws IOException {
    json.writeObjectFieldStart(name);
  }

  void end() throws IOException {
    json.writeEndObject();
  }

  void list() throws IOException {
    json.writeStartArray();
  }

  void list(String name) throws IOException {
    json.writeArrayFieldStart(name);
  }

  void endList() throws IOException {
    json.writeEndArray();
  }

  void text(String name, String value) throws IOException {
    json.writeStringField(name, value);
  }

  /** A token that is JSON already. */
  void token(String name, String token) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(token);
  }

  /** As JSON has it. */
  void literal(String name, Literal literal) throws IOException {
    switch (literal.kind()) {
      case TEXT -> text(name, literal.text());
      case NUMBER, BOOLEAN -> token(name, literal.text());
      case MISSING -> nothing(name);
    }
  }

  void truth(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  void whole(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    number(value);
  }

  void number(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  void nothing(String name) throws IOException {
    json.writeNullField(name);
  }

  void numbers(String name, double... values) throws IOException {
    json.writeFieldName(name);
    numbers(values);
  }

  void numbers(double... values) throws IOException {
    json.writeStartArray();
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  void texts(String name, List<String> values) throws IOException {
    json.writeFieldName(name);
    texts(values);
  }

  void texts(List<String> values) throws IOException {
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  void value(String name, Object value) throws IOException {
    json.writeFieldName(name);
    value(value);
  }

  /** A value as it was sent. */
  void value(Object value) throws IOException {
    switch (value) {
      case Long whole -> json.writeNumber(whole);
      case Integer whole -> json.writeNumber(whole);
      case java.math.BigInteger whole -> json.writeNumber(whole);
      case Boolean truth -> json.writeBoolean(truth);
      case Double number -> number(number);
      default -> json.writeString(value.toString());
    }
  }
}
