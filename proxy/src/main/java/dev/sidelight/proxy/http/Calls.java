package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an endpoint is told of a head, copied so that it may leave the loop. */
record Calls(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    Principal principal,
    String requestId) {

  /** Values of a field, by its lower-case name; empty where there is none. */
  List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  static Calls of(
      Head head,
      String method,
      String path,
      Map<String, String> parameters,
      Principal principal,
      String requestId) {
    return new Calls(
        method,
        path,
        parameters,
        query(head.query()),
        headers(head.fields()),
        principal,
        requestId);
  }

  static Map<String, List<String>> query(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(formDecoded(name), n -> new ArrayList<>()).add(formDecoded(value));
      }
    }
    return query;
  }

  private static String formDecoded(String text) {
    return Template.decoded(text.replace('+', ' '));
  }

  private static Map<String, List<String>> headers(Fields fields) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 0; i < fields.count(); i++) {
      headers
          .computeIfAbsent(fields.name(i).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(fields.value(i));
    }
    return headers;
  }

  Call with(byte[] body, Cancellation cancellation) {
    return new Call(
        method, path, parameters, query, headers, body, principal, requestId, cancellation);
  }

  Call with(java.io.InputStream body, Cancellation cancellation) {
    return new Call(
        method,
        path,
        parameters,
        query,
        headers,
        new byte[0],
        principal,
        requestId,
        cancellation,
        body);
  }
}
