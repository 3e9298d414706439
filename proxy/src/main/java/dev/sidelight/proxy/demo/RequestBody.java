package dev.sidelight.proxy.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Rows as a visitor's program would send them. */
final class RequestBody {

  private static final JsonFactory JSON = new JsonFactory();

  private RequestBody() {}

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  /** One object per row: {@code {"instances":[{"age":39,...},...]}}. */
  static byte[] v1(List<List<String>> rows) {
    return json(
        rows.size(),
        out -> {
          out.writeArrayFieldStart("instances");
          for (List<String> row : rows) {
            out.writeStartObject();
            for (int f = 0; f < Census.FEATURES.size(); f++) {
              out.writeFieldName(Census.FEATURES.get(f));
              writeCell(out, f, row.get(f));
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** One tensor of shape [n] per column. */
  static byte[] v2(String id, List<List<String>> rows) {
    return json(
        rows.size(),
        out -> {
          out.writeStringField("id", id);
          out.writeArrayFieldStart("inputs");
          for (int f = 0; f < Census.FEATURES.size(); f++) {
            writeColumn(out, f, rows);
          }
          out.writeEndArray();
        });
  }

  private static void writeColumn(JsonGenerator out, int feature, List<List<String>> rows)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", Census.FEATURES.get(feature));
    out.writeStringField("datatype", Census.isNumeric(feature) ? "INT64" : "BYTES");
    out.writeArrayFieldStart("shape");
    out.writeNumber(rows.size());
    out.writeEndArray();
    out.writeArrayFieldStart("data");
    for (List<String> row : rows) {
      writeCell(out, feature, row.get(feature));
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeCell(JsonGenerator out, int feature, String cell) throws IOException {
    if (Census.isNumeric(feature)) {
      out.writeNumber(Long.parseLong(cell));
    } else {
      out.writeString(cell);
    }
  }

  private static byte[] json(int rows, Content fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024 + (300 * rows));
    try (JsonGenerator out = JSON.createGenerator(body)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to an array cannot fail
    }
    return body.toByteArray();
  }
}
