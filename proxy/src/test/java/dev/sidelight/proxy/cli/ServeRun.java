package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Routes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The whole role on free ports, as the command line starts it, and a client for it. */
final class ServeRun implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServeRole role;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ServeRun(ServeRole role) {
    this.role = role;
  }

  /**
   * @param more settings: key, value, key, value
   */
  static ServeRun start(Path dir, String upstream, String profile, String... more) {
    return new ServeRun(role(dir, upstream, profile, more));
  }

  /** As a configuration file says. */
  static ServeRun file(Path dir, String yaml) {
    Map<String, String> settings = settings(dir, "", "v1");
    settings.remove("upstream");
    settings.remove("profile");
    return new ServeRun(
        ServeRole.start(
            ConfigReader.read(new Sources(settings, Map.of(), yaml, "test.yaml")).config(),
            ServeRole.Clocks.real()));
  }

  Routes routes() {
    return role.routes();
  }

  /** The log ends under the running proxy. */
  void closeSpool() {
    role.log().spool().close();
  }

  static ServeRole role(Path dir, String upstream, String profile, String... more) {
    Map<String, String> settings = settings(dir, upstream, profile);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ServeRole.start(
        ConfigReader.read(Sources.of(settings, Map.of())).config(), ServeRole.Clocks.real());
  }

  static Map<String, String> settings(Path dir, String upstream, String profile) {
    Map<String, String> settings = new HashMap<>();
    settings.put("upstream", upstream);
    settings.put("profile", profile);
    settings.put("listeners.data.host", "127.0.0.1");
    settings.put("listeners.probes.host", "127.0.0.1");
    settings.put("listeners.data.port", "0");
    settings.put("listeners.management.port", "0");
    settings.put("listeners.probes.port", "0");
    settings.put("runtime.loops", "1");
    settings.put("spool.dir", dir.resolve("spool").toString());
    settings.put("spool.segment-bytes", "4MiB");
    settings.put("spool.bytes-max", "64MiB");
    settings.put("embedded.dir", dir.resolve("store").toString());
    return settings;
  }

  int port(Listener listener) {
    return role.port(listener);
  }

  HttpResponse<byte[]> post(Listener listener, String path, String body, String... headers) {
    return send("POST", listener, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<byte[]> get(Listener listener, String path, String... headers) {
    return send("GET", listener, path, new byte[0], headers);
  }

  HttpResponse<byte[]> send(
      String method, Listener listener, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(listener) + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a stream of lines that ends with the client. */
  HttpResponse<java.util.stream.Stream<String>> lines(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(Listener.MANAGEMENT) + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** The body of a 200. */
  JsonNode ok(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + text(response));
    }
    return json(response);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(text(response), e);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** A sample of the scrape, by its name and labels as they stand there; NaN where it is absent. */
  double metric(String sample) {
    for (String line : text(get(Listener.PROBES, "/metrics")).lines().toList()) {
      if (line.startsWith(sample + " ")) {
        return Double.parseDouble(line.substring(sample.length() + 1));
      }
    }
    return Double.NaN;
  }

  JsonNode management(String path) {
    return ok(get(Listener.MANAGEMENT, path));
  }

  JsonNode putReference(String model, String csv) {
    return ok(
        send(
            "PUT",
            Listener.MANAGEMENT,
            "/v1/models/" + model + "/reference",
            csv.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "text/csv"));
  }

  /** A sink's line in the ledger. */
  JsonNode sink(String name) {
    for (JsonNode sink : management("/v1/log/ledger").get("sinks")) {
      if (sink.get("sink").textValue().equals(name)) {
        return sink;
      }
    }
    throw new AssertionError("no sink " + name);
  }

  void awaitStored(long exchanges) {
    Until.holds(
        () -> exchanges + " stored, " + sink("embedded"),
        () -> sink("embedded").get("written").longValue() >= exchanges);
  }

  void awaitSeen(String model, long rows) {
    Until.holds(
        () -> rows + " rows of " + model + ", " + management("/v1/models/" + model + "/reference"),
        () -> management("/v1/models/" + model + "/reference").get("seen").longValue() >= rows);
  }

  @Override
  public void close() {
    client.shutdownNow();
    role.close();
  }
}
