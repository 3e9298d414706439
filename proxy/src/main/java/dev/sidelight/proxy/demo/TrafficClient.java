package dev.sidelight.proxy.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Sends the demo's requests to the proxy over a bounded pool of connections. */
final class TrafficClient {

  static final int CONNECTIONS_MAX = 32;

  private static final int TIMEOUT_MILLIS = 10_000;

  private final HttpClient client;
  private final int port;

  TrafficClient(Vertx vertx, int port) {
    this.port = port;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_MAX)
                .setMaxWaitQueueSize(CONNECTIONS_MAX));
  }

  /**
   * @return the status, once the whole answer is read; fails when none came in ten seconds
   */
  Future<Integer> send(DemoRequest request) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(request.protocol().path())
            .setIdleTimeout(TIMEOUT_MILLIS)
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", "sidelight-demo");
    if (request.kind() == DemoRequest.Kind.FAULT) {
      options.putHeader(ModelServer.FAULT_HEADER, "overloaded");
    }
    return client
        .request(options)
        .compose(out -> out.send(Buffer.buffer(request.body())))
        .compose(answer -> answer.body().map(answer))
        .map(HttpClientResponse::statusCode);
  }

  Future<Void> close() {
    return client.close();
  }
}
