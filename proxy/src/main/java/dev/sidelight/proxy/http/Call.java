package dev.sidelight.proxy.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to one of our endpoints.
 *
 * @param parameters path parameters, decoded: {@code model}, {@code version}, {@code id}
 * @param query decoded query parameters in order of appearance
 * @param headers lower-case names
 * @param body whole, at most the endpoint's limit; empty where the endpoint asked for a stream
 * @param bodyStream the same bytes as a stream; of an endpoint that asked for a stream it reads
 *     them as they arrive, and throws {@link ProblemException} 413 beyond the limit
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
    Cancellation cancellation,
    InputStream bodyStream) {

  /** A request whose body has been collected. */
  public Call(
      String method,
      String path,
      Map<String, String> parameters,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body,
      Principal principal,
      String requestId,
      Cancellation cancellation) {
    this(
        method,
        path,
        parameters,
        query,
        headers,
        body,
        principal,
        requestId,
        cancellation,
        new ByteArrayInputStream(body));
  }

  public Optional<String> header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  public Optional<String> query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }
}
