package dev.sidelight.proxy.demo;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Serves the demo's model {@code income} on loopback over HTTP/1.1: Open Inference Protocol V2 and
 * KServe V1. It stands in for the visitor's own model server, so it takes its time ({@link
 * ModelLatency}) and fails when told to (header {@value #FAULT_HEADER}).
 */
public final class ModelServer {

  /** The name of the model. */
  public static final String MODEL = "income";

  /** A request with this header (any value) is answered 503, as by a server that is overloaded. */
  public static final String FAULT_HEADER = "x-demo-fault";

  static final int ROWS_MAX = 100_000;
  static final int BODY_BYTES_MAX = 64 << 20;

  private static final int INLINE_BYTES_MAX = 64 << 10; // longer bodies leave the event loop

  private final Vertx vertx;
  private final IncomeModel model = new IncomeModel();
  private final ModelApi api = new ModelApi(model);
  private final HttpServer server;
  private volatile ModelLatency latency;

  private ModelServer(Vertx vertx, ModelLatency latency) {
    this.vertx = vertx;
    this.latency = latency;
    this.server = vertx.createHttpServer(new HttpServerOptions());
    server.requestHandler(this::receive);
  }

  /**
   * @param port 0 for any that is free
   * @return succeeds when requests are taken
   */
  public static Future<ModelServer> start(Vertx vertx, int port, ModelLatency latency) {
    ModelServer server = new ModelServer(vertx, latency);
    return server.server.listen(port, "127.0.0.1").map(server);
  }

  public int port() {
    return server.actualPort();
  }

  /** From the next request on. */
  public void setLatency(ModelLatency latency) {
    this.latency = latency;
  }

  /** Version 2 of the model answers from now on whoever names no version. */
  public void rollOutVersion2() {
    model.rollOut();
  }

  /** Stops listening and cuts what is under way. */
  public Future<Void> close() {
    return server.close();
  }

  private void receive(HttpServerRequest request) {
    long start = System.nanoTime();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= BODY_BYTES_MAX) { // what is longer is read to its end, and refused
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> answer(request, body, start));
  }

  private void answer(HttpServerRequest request, Buffer body, long start) {
    if (body.length() > BODY_BYTES_MAX) {
      send(request, api.error(ModelException.tooLarge()));
    } else if (request.headers().contains(FAULT_HEADER)) {
      send(request, api.error(ModelException.unavailable("the model is overloaded, try again")));
    } else if (body.length() <= INLINE_BYTES_MAX) {
      sendInTime(request, answer(request, body), start);
    } else {
      vertx
          .executeBlocking(() -> answer(request, body), /* ordered= */ false)
          .onSuccess(answer -> sendInTime(request, answer, start))
          .onFailure(bug -> request.connection().close());
    }
  }

  private ModelApi.Answer answer(HttpServerRequest request, Buffer body) {
    String path = requireNonNullElse(request.path(), ""); // none in "OPTIONS *"
    return api.answer(request.method().name(), path, body.getBytes());
  }

  /** A prediction leaves when its latency has passed, to the millisecond; the rest at once. */
  private void sendInTime(HttpServerRequest request, ModelApi.Answer answer, long start) {
    long due = answer.rows() == 0 ? 0 : latency.micros(answer.rows());
    long leftMicros = due - ((System.nanoTime() - start) / 1_000);
    long leftMillis = Math.round(leftMicros / 1_000.0);
    if (leftMillis <= 0) {
      send(request, answer);
    } else {
      vertx.setTimer(leftMillis, timer -> send(request, answer));
    }
  }

  private static void send(HttpServerRequest request, ModelApi.Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(answer.body()));
  }
}
