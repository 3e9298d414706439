package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.ExplainResult.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Explanations as JSON: one document for one row, {@code {"explanations": [...]}} for several. */
public final class ExplainDocuments {

  private static final JsonFactory JSON = new JsonFactory();

  private ExplainDocuments() {}

  /** UTF-8, in the format that the call asked for. */
  public static byte[] write(ExplainResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      if (result.multiple()) {
        json.writeStartObject();
        json.writeArrayFieldStart("explanations");
      }
      for (Row row : result.rows()) {
        row(json, result, row, result.options().format());
      }
      if (result.multiple()) {
        json.writeEndArray();
        json.writeEndObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return bytes.toByteArray();
  }

  /** One explanation as the log keeps it. */
  public static byte[] writeNative(ExplainResult result, Explained explained) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      row(json, result, explained, Format.NATIVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void row(JsonGenerator json, ExplainResult result, Row row, Format format)
      throws IOException {
    switch (row) {
      case Explained explained -> {
        if (format == Format.NATIVE) {
          new NativeDocument(json, result, explained).write();
        } else {
          new AlibiDocument(json, result, explained).write();
        }
      }
      case Failed failed -> {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField("code", failed.code());
        json.writeStringField("detail", failed.detail());
        json.writeEndObject();
        json.writeEndObject();
      }
    }
  }
}
