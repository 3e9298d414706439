package dev.sidelight.logger;

import java.util.Map;

/**
 * A request with its bodies.
 *
 * @param headers allow-listed header fields, {@code request.<name>} and {@code response.<name>}
 */
public record StoredRequest(
    RequestSummary summary, StoredBody request, StoredBody response, Map<String, String> headers) {

  public StoredRequest {
    headers = Map.copyOf(headers);
  }

  /** One kept field of the request's head; empty where there is none. */
  public String requestHeader(String lowerCaseName) {
    return headers.getOrDefault("request." + lowerCaseName, "");
  }

  /** One kept field of the answer's head; empty where there is none. */
  public String responseHeader(String lowerCaseName) {
    return headers.getOrDefault("response." + lowerCaseName, "");
  }

  /** The bytes kept of one side, as they were on the wire. */
  public record StoredBody(
      byte[] bytes, String contentType, String contentEncoding, String truncation) {}
}
