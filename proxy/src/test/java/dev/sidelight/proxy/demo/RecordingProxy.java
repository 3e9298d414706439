package dev.sidelight.proxy.demo;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy just good enough for the demo: passes bodies on and remembers who came when. */
final class RecordingProxy implements DemoProxy {

  /** One request as the data path saw it. */
  record Seen(String path, String origin, long arrivalMicros, int status, String answer) {}

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final Path dataDir;
  private final HistoryClock clock;
  private final HttpClient backend;
  private final HttpServer server;
  private final int modelPort;

  RecordingProxy(Vertx vertx, int modelPort, Path dataDir, HistoryClock clock) {
    this.modelPort = modelPort;
    this.dataDir = dataDir;
    this.clock = clock;
    this.backend = vertx.createHttpClient();
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::pass)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void pass(HttpServerRequest in) {
    String path = requireNonNullElse(in.path(), "");
    String origin = clock.origin();
    long arrival = clock.micros();
    in.body()
        .compose(
            body ->
                backend
                    .request(HttpMethod.POST, modelPort, "127.0.0.1", path)
                    .map(out -> out.putHeader("content-type", "application/json"))
                    .map(out -> copyFault(in, out))
                    .compose(out -> out.send(body)))
        .compose(
            answer ->
                answer
                    .body()
                    .compose(
                        body -> {
                          seen.add(
                              new Seen(
                                  path, origin, arrival, answer.statusCode(), body.toString()));
                          return in.response().setStatusCode(answer.statusCode()).end(body);
                        }));
  }

  private static HttpClientRequest copyFault(HttpServerRequest in, HttpClientRequest out) {
    if (in.headers().contains(ModelServer.FAULT_HEADER)) {
      out.putHeader(ModelServer.FAULT_HEADER, "1");
    }
    return out;
  }

  @Override
  public int dataPort() {
    return server.actualPort();
  }

  @Override
  public int managementPort() {
    return 8090;
  }

  @Override
  public Counts counts() {
    return new Counts(seen.size(), 0, 0);
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
