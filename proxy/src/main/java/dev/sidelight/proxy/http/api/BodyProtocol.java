package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Which protocol a predict body is written in, where no path says it. */
final class BodyProtocol {

  private static final JsonFactory FACTORY = new JsonFactory();

  private BodyProtocol() {}

  /**
   * {@code v1} for {@code {"instances": ..}}, {@code v2} for {@code {"inputs": [{"datatype":
   * ..}]}}. Reads no further than to the first that tells.
   *
   * @param usual for a body that tells neither
   */
  static String of(byte[] body, String usual) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return usual;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("instances")) {
          return "v1";
        }
        if (name.equals("inputs") && isOfTensors(parser)) {
          return "v2";
        }
        parser.skipChildren();
      }
      return usual;
    } catch (IOException e) {
      return usual; // the codec says what is wrong with it
    }
  }

  /** V1 has a columnar {@code inputs} too: of values, not of tensors. */
  private static boolean isOfTensors(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY
        || parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.currentName().equals("datatype")) {
        return true;
      }
      parser.nextToken();
      parser.skipChildren();
    }
    return false;
  }
}
