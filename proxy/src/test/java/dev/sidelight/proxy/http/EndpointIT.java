package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.proxy.http.Principal.Role;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Our own routes: collected and streamed bodies, answers, events, refusals, on any listener. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class EndpointIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static TestServer serving(RawBackend backend, Consumer<Routes.Builder> routes) {
    return TestServer.of(backend.port()).routes(routes).start();
  }

  private static Answer text(String text) {
    return new Answer.Whole(
        200, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static RawBackend backend() {
    return RawBackend.start(RawBackend.answering(OK));
  }

  @Test
  void call_carriesPathQueryHeadersAndBody() throws Exception {
    Endpoint echo =
        call ->
            text(
                call.parameters()
                    + " "
                    + call.query("format").orElse("none")
                    + " "
                    + call.header("x-a").orElse("none")
                    + " "
                    + new String(call.body(), StandardCharsets.UTF_8));
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend,
                r ->
                    r.endpoint(
                        Listener.DATA,
                        "POST",
                        "/v1/models/{model}:explain",
                        Role.EXPLAIN,
                        1000,
                        echo));
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/in.come%20x:explain?format=na%2Btive HTTP/1.1\r\nHost: h\r\nX-A: 1\r\n"
              + "Content-Length: 4\r\n\r\nbody");

      RawClient.Response response = client.response();

      assertThat(response.body()).isEqualTo("{model=in.come x} na+tive 1 body");
      assertThat(response.field("x-request-id")).isNotEmpty();
      assertThat(backend.bytesSeen()).isZero();
      client.send(RawClient.post("/v1/models/m:predict", "{}"));
      assertThat(client.response().body()).isEqualTo("ok");
    }
  }

  @Test
  void bodyOverLimit_declaredAndChunked() throws Exception {
    AtomicInteger called = new AtomicInteger();
    Endpoint never =
        call -> {
          called.incrementAndGet();
          return text("never");
        };
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend, r -> r.endpoint(Listener.DATA, "POST", "/own", Role.ADMIN, 10, never));
        RawClient declared = RawClient.to(server.port());
        RawClient chunked = RawClient.to(server.port())) {
      declared.send("POST /own HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
      assertThat(declared.response().body()).contains("body_too_large").contains("11");

      chunked.send(
          "POST /own HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");

      assertThat(chunked.response().status()).isEqualTo(413);
      assertThat(called).hasValue(0);
    }
  }

  @Test
  void exceptions_becomeProblems() throws Exception {
    Endpoint codec =
        call -> {
          throw new CodecException("shape_mismatch", "/inputs/0/data", "30", "29", "29 values");
        };
    Endpoint surprise =
        call -> {
          throw new IllegalStateException("secret text");
        };
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend,
                r ->
                    r.endpoint(Listener.DATA, "POST", "/codec", Role.EXPLAIN, 10, codec)
                        .endpoint(Listener.DATA, "GET", "/surprise", Role.EXPLAIN, 0, surprise));
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/codec", "{}"));
      RawClient.Response response = client.response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.field("content-type")).isEqualTo("application/problem+json");
      assertThat(response.body())
          .contains("\"code\":\"shape_mismatch\"")
          .contains("{\"pointer\":\"/inputs/0/data\",\"expected\":\"30\",\"found\":\"29\"}");

      client.send("GET /surprise HTTP/1.1\r\nHost: h\r\n\r\n");

      RawClient.Response internal = client.response();
      assertThat(internal.status()).isEqualTo(500);
      assertThat(internal.body()).contains("\"code\":\"internal\"").doesNotContain("secret");
    }
  }

  @Test
  void otherMethod_405WithAllow() throws Exception {
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend,
                r ->
                    r.endpoint(Listener.DATA, "GET", "/own", Role.ADMIN, 0, call -> text("x"))
                        .endpoint(Listener.DATA, "PUT", "/own", Role.ADMIN, 9, call -> text("y")));
        RawClient client = RawClient.to(server.port())) {
      client.send("DELETE /own HTTP/1.1\r\nHost: h\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(405);
      assertThat(response.field("allow")).isEqualTo("GET, HEAD, PUT");
      client.send("HEAD /own HTTP/1.1\r\nHost: h\r\n\r\n");
      RawClient.Response head = client.response(true);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.field("content-length")).isEqualTo("1");
      client.send("GET /own HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.response().body()).isEqualTo("x");
    }
  }

  @Test
  void streamedBody_isReadWhileItArrives() throws Exception {
    Endpoint count =
        call -> {
          long n = 0;
          byte[] block = new byte[8192];
          try (var in = call.bodyStream()) {
            for (int got = in.read(block); got >= 0; got = in.read(block)) {
              n += got;
            }
          }
          return text(Long.toString(n));
        };
    byte[] body = new byte[3_000_000];
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend,
                r -> r.streaming(Listener.DATA, "PUT", "/big", Role.ADMIN, 1L << 30, count));
        RawClient client = RawClient.to(server.port())) {
      client.send("PUT /big HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n");
      client.send(body);

      assertThat(client.response().body()).isEqualTo("3000000");
    }
  }

  @Test
  void streamedAnswer_isChunked() throws Exception {
    byte[] bytes = "0123456789".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
    Endpoint big = call -> new Answer.Streamed(200, Map.of(), new ByteArrayInputStream(bytes));
    try (RawBackend backend = backend();
        TestServer server =
            serving(backend, r -> r.endpoint(Listener.DATA, "GET", "/big", Role.ADMIN, 0, big));
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.body()).isEqualTo(new String(bytes, StandardCharsets.US_ASCII));
      assertThat(response.clean()).isTrue();
    }
  }

  @Test
  void events_stopWhenTheClientGoes() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    Endpoint ticking =
        call ->
            new Answer.Events(
                Map.of(),
                stream -> {
                  stream.onClose(closed::countDown);
                  try {
                    for (int i = 0; stream.send(Integer.toString(i), "tick", "a\nb"); i++) {
                      if (i == 0) {
                        stream.comment("first");
                      }
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend, r -> r.endpoint(Listener.DATA, "GET", "/tail", Role.ADMIN, 0, ticking));
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /tail HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.readHead()).contains("text/event-stream");
      StringBuilder seen = new StringBuilder();
      while (!seen.toString().contains(": first")) {
        seen.append((char) client.read());
      }
      assertThat(seen).contains("id: 0\nevent: tick\ndata: a\ndata: b\n\n");

      client.reset();

      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void cancellation_reachesTheEndpoint() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Endpoint slow =
        call -> {
          call.cancellation().onCancel(cancelled::countDown);
          running.countDown();
          cancelled.await(5, TimeUnit.SECONDS);
          return text("late");
        };
    try (RawBackend backend = backend();
        TestServer server =
            serving(backend, r -> r.endpoint(Listener.DATA, "POST", "/slow", Role.ADMIN, 9, slow));
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/slow", "{}"));
      assertThat(running.await(5, TimeUnit.SECONDS)).isTrue();

      client.reset();

      assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void management_onlyLocalHostsAndOrigins() throws Exception {
    try (RawBackend backend = backend();
        TestServer server =
            serving(
                backend,
                r ->
                    r.endpoint(Listener.MANAGEMENT, "GET", "/", Role.ADMIN, 0, call -> text("page"))
                        .header(Listener.MANAGEMENT, "X-Content-Type-Options", "nosniff"));
        RawClient client = RawClient.to(server.server().port(Listener.MANAGEMENT))) {
      client.send("GET / HTTP/1.1\r\nHost: localhost:8090\r\n\r\n");
      RawClient.Response page = client.response();
      assertThat(page.body()).isEqualTo("page");
      assertThat(page.field("x-content-type-options")).isEqualTo("nosniff");
      client.send("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(403);
      client.send("GET / HTTP/1.1\r\nHost: [::1]:1\r\nOrigin: http://evil.example\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(403);
      client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://localhost:8090\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);
      client.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(404);
    }
  }
}
