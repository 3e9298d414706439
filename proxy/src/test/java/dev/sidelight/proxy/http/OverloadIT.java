package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Truncation;
import dev.sidelight.proxy.http.Principal.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Too many slow readers; and the end of the process while a request runs. */
class OverloadIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PREDICT = RawClient.post("/v1/models/m:predict", "{}");

  private static void pour(RawBackend.Connection connection) throws java.io.IOException {
    while (true) {
      String head = connection.readHead();
      if (head.isEmpty()) {
        return;
      }
      RawBackend.readBody(connection, head);
      if (!head.contains("/big")) {
        connection.write(OK);
        continue;
      }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + (64 << 20) + "\r\n\r\n");
      byte[] block = new byte[64 << 10];
      for (int i = 0; i < 1024; i++) {
        connection.write(block);
      }
    }
  }

  private static int status(int port, String request) throws java.io.IOException {
    try (RawClient client = RawClient.to(port)) {
      return client.send(request).response().status();
    }
  }

  @Test
  void slowReaders_shedAndRecover() throws Exception {
    Endpoint explained = call -> new Answer.Whole(200, Map.of(), new byte[0]);
    List<RawClient> readers = new ArrayList<>();
    try (RawBackend backend = RawBackend.start(OverloadIT::pour);
        TestServer server =
            TestServer.of(backend.port())
                .set("limits.in-flight-bytes-max", "1MiB")
                .routes(
                    routes ->
                        routes.endpoint(
                            Listener.DATA, "POST", "/explain", Role.EXPLAIN, 10, explained))
                .start();
        RawClient early = RawClient.to(server.port())) {
      assertThat(status(server.port(), RawClient.post("/explain", ""))).isEqualTo(200);

      while (server.server().shedLevel() < 3 && readers.size() < 100) {
        int before = server.server().shedLevel();
        RawClient reader = RawClient.to(server.port(), 8 << 10);
        readers.add(reader);
        reader.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
        reader.readHead();
        if (readers.size() % 4 == 0) {
          Await.until("measured", () -> measured(server, before));
        }
      }

      assertThat(server.server().shedLevel()).isEqualTo(3);
      early.send(PREDICT);
      RawClient.Response refused = early.response();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"overloaded\"");
      assertThat(refused.field("retry-after")).isEqualTo("1");
      early.send(RawClient.post("/explain", ""));
      assertThat(early.response().status()).isEqualTo(429);
      for (RawClient reader : readers) {
        reader.reset();
      }
      Await.until("recovered", () -> server.server().shedLevel() == 0);
      early.send(PREDICT);
      assertThat(early.response().status()).isEqualTo(200);
      assertThat(status(server.port(), RawClient.post("/explain", ""))).isEqualTo(200);
    }
  }

  /** The pressure is looked at every 100 ms: two more looks. */
  private static boolean measured(TestServer server, int before) {
    double looks = server.metric("sidelight_loop_lag_seconds_count");
    Await.until("two looks", () -> server.metric("sidelight_loop_lag_seconds_count") >= looks + 2);
    return server.server().shedLevel() >= before;
  }

  @Test
  void ringUnderPressure_keepsHeadsOnly() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      server.sink().takesBodies(false);
      client.send(PREDICT);
      assertThat(client.response().status()).isEqualTo(200);

      Await.until("one event", () -> server.events().size() == 1);
      RecordingSink.Seen seen = server.events().get(0);
      assertThat(seen.event().request().truncation()).isEqualTo(Truncation.PRESSURE);
      assertThat(seen.event().response().truncation()).isEqualTo(Truncation.PRESSURE);
      assertThat(seen.requestBody()).isEmpty();
      assertThat(seen.event().request().bodyBytes()).isEqualTo(2);
      assertThat(seen.requestHead()).startsWith("POST ");
      assertThat(server.metric("sidelight_tap_truncated_total{cause=\"pressure\"}")).isEqualTo(2);
    }
  }

  @Test
  void ringUnderPressureMeanwhile_growingBodiesAreGivenUp() throws Exception {
    CountDownLatch pressed = new CountDownLatch(1);
    RawBackend.Behaviour inTwo =
        connection -> {
          RawBackend.readBody(connection, connection.readHead());
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
          try {
            pressed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          connection.write("def");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(inTwo);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      assertThat(client.read()).isEqualTo('a');
      assertThat(server.sink().pinnedBytes()).isPositive();

      server.sink().takesBodies(false);
      pressed.countDown();

      for (char next : "bcdef".toCharArray()) {
        assertThat(client.read()).isEqualTo(next);
      }
      Await.until("one event", () -> server.events().size() == 1);
      RecordingSink.Seen seen = server.events().get(0);
      assertThat(seen.event().response().truncation()).isEqualTo(Truncation.PRESSURE);
      assertThat(seen.event().response().bodyBytes()).isEqualTo(6);
      assertThat(seen.responseBody()).isEmpty();
      assertThat(seen.responseHead()).startsWith("HTTP/1.1 200");
      assertThat(seen.requestHead()).startsWith("POST ");
      assertThat(server.sink().pinnedBytes()).isZero();
    }
  }

  @Test
  void close_finishesWhatRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    RawBackend.Behaviour held =
        connection -> {
          connection.readHead();
          connection.read(2);
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          connection.write(OK);
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(held);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient idle = RawClient.to(server.port());
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);
      Await.until("request arrived", () -> backend.bytesSeen() > 2);
      Thread closing = Thread.ofVirtual().start(() -> server.server().close(Duration.ofSeconds(8)));
      assertThat(idle.isClosed(5000)).isTrue();

      release.countDown();

      RawClient.Response response = client.response();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.field("connection")).isEqualTo("close");
      assertThat(closing.join(Duration.ofSeconds(8))).isTrue();
      assertThat(server.events()).hasSize(1);
    }
  }
}
