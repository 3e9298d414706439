package dev.sidelight.logger.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Kept header fields, from head bytes to a JSON object in one column and back to a map. */
final class HeaderJson {

  private static final JsonFactory JSON = new JsonFactory();

  private byte[] requestHead = {};
  private byte[] responseHead = {};
  private String last = "";

  /** Empty text when no field was kept. Heads often repeat, so the last answer is kept. */
  String of(PayloadEvent.Exchange exchange) {
    byte[] request = exchange.request().head().copy();
    byte[] response = exchange.response().head().copy();
    if (!Arrays.equals(request, requestHead) || !Arrays.equals(response, responseHead)) {
      Map<String, String> fields = new LinkedHashMap<>();
      collect("request.", request, fields);
      collect("response.", response, fields);
      last = fields.isEmpty() ? "" : write(fields);
      requestHead = request;
      responseHead = response;
    }
    return last;
  }

  private static void collect(String prefix, byte[] head, Map<String, String> to) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (String line : text.split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      // a start line has a blank before any colon, a field name never does
      if (colon > 0 && line.lastIndexOf(' ', colon) < 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        to.merge(prefix + name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
      }
    }
  }

  private static String write(Map<String, String> fields) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toString();
  }

  static Map<String, String> read(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return fields;
    }
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        String value = json.nextTextValue();
        fields.put(name, value == null ? "" : value);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return fields;
  }
}
