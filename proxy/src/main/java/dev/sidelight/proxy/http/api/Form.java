package dev.sidelight.proxy.http.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a sent HTML form. */
final class Form {

  private Form() {}

  /** Of a field that stands twice, the last; what is no field is passed over. */
  static Map<String, String> read(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        fields.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
      }
    }
    return fields;
  }

  /** A text with a broken escape stays as it stands. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
