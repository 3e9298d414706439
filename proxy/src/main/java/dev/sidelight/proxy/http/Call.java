package dev.sidelight.proxy.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to one of our endpoints.
 *
 * @param parameters path parameters, decoded: {@code model}, {@code version}, {@code id}
 * @param query decoded query parameters in order of appearance
 * @param headers lower-case names
 * @param body whole, at most the endpoint's limit
 */
public record Call(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body,
    Principal principal,
    String requestId,
    Cancellation cancellation) {

  public Optional<String> header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  public Optional<String> query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }
}
