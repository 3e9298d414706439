package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.event.PayloadEvent.Exchange;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.logger.embedded.RowCounter;
import java.io.IOException;

/**
 * Counts the rows of a logged request without decoding it: one pass over its tokens. Thread-safe.
 */
public final class RowCounts implements RowCounter {

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public int rows(Exchange exchange) {
    if (exchange.request().truncation() != Truncation.NONE
        || !exchange.request().contentEncoding().isEmpty()) {
      return -1;
    }
    String protocol = exchange.call().protocol();
    if (!protocol.equals("v1") && !protocol.equals("v2")) {
      return -1;
    }
    try (JsonParser parser = JSON.createParser(exchange.request().body().copy())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      String wanted = protocol.equals("v1") ? "instances" : "inputs";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(wanted) && value == JsonToken.START_ARRAY) {
          return protocol.equals("v1") ? elements(parser) : firstDimension(parser);
        }
        parser.skipChildren();
      }
      return -1;
    } catch (IOException e) {
      return -1; // not JSON: the model's affair, not the log's
    }
  }

  private static int elements(JsonParser parser) throws IOException {
    int elements = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements++;
      parser.skipChildren();
    }
    return elements;
  }

  private static int firstDimension(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return -1;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("shape") && value == JsonToken.START_ARRAY) {
        return parser.nextToken() == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
      }
      parser.skipChildren();
    }
    return -1;
  }
}
