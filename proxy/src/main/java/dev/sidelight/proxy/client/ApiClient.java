package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sidelight.proxy.client.ClientException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** Calls of the public HTTP API. Blocks; thread-safe. */
public final class ApiClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_BYTES_MAX = 64 << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;
  private final String token;

  /**
   * @param base {@code http://host:port}, with a path before ours or without
   * @param token sent as bearer; empty for none
   * @throws ClientException {@code USAGE} for what is no such address
   */
  public ApiClient(String base, String token) {
    this.token = token;
    try {
      this.base = URI.create(base.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new ClientException(Kind.USAGE, "--url must be http://host:port, got '" + base + "'");
    }
    boolean isHttp = "http".equals(this.base.getScheme()) || "https".equals(this.base.getScheme());
    if (!isHttp || this.base.getHost() == null || this.base.getRawQuery() != null) {
      throw new ClientException(Kind.USAGE, "--url must be http://host:port, got '" + base + "'");
    }
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply post(String path, byte[] json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  Reply delete(String path) {
    return send(request(path).DELETE());
  }

  /** Lines of server-sent events; to be closed. */
  Stream<String> lines(String path) {
    HttpRequest request = request(path).header("Accept", "text/event-stream").build();
    HttpResponse<Stream<String>> answer = answer(request, HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      answer.body().close();
      return Stream.empty();
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Reply send(HttpRequest.Builder request) {
    HttpResponse<byte[]> answer =
        answer(
            request.build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    String after = answer.headers().firstValue("retry-after").orElse("");
    int seconds = after.matches("\\d{1,4}") ? Integer.parseInt(after) : 0;
    return new Reply(answer.statusCode(), tree(answer), seconds);
  }

  private static JsonNode tree(HttpResponse<byte[]> answer) {
    try {
      return answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body());
    } catch (IOException e) {
      if (answer.statusCode() / 100 != 2) {
        return MissingNode.getInstance(); // the status says enough
      }
      throw new ClientException(Kind.FAILED, "the server's answer is no JSON: is it Sidelight?");
    }
  }

  private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new ClientException(
          Kind.UNREACHABLE,
          "no answer from " + base + ": is sidelight there? --url says where (" + said(e) + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(Kind.FAILED, "interrupted");
    }
  }

  private static String said(IOException e) {
    String message = e.getMessage();
    return message == null ? "connection refused" : message;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
