package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a model or a route says for itself holds for its own requests, and only for them. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class RoutePolicyIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static String predict(String model) {
    return RawClient.post("/v1/models/" + model + ":predict", "{}");
  }

  private static String headOf(String model, String fields) {
    return "POST /v1/models/" + model + ":predict HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n";
  }

  private static RawBackend.Behaviour answeringAfter(CountDownLatch open) {
    return connection -> {
      connection.readHead();
      connection.read(2);
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      connection.write(OK);
      connection.drain();
    };
  }

  @Test
  void timeout_ofOneModel_leavesTheOtherWaiting() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (RawBackend backend = RawBackend.start(answeringAfter(open));
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    backends: {b: {}}
                    models: {hasty: {backend: b, timeout: 100ms}, patient: {backend: b}}
                    """)
                .start();
        RawClient patient = RawClient.to(server.port());
        RawClient hasty = RawClient.to(server.port())) {
      patient.send(predict("patient"));
      hasty.send(predict("hasty"));

      RawClient.Response response = hasty.response();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.body()).contains("backend_timeout");
      open.countDown();
      assertThat(patient.response().body()).isEqualTo("ok");
    }
  }

  @Test
  void silence_ofARoute_abortsOnlyItsAnswers() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    RawBackend.Behaviour halves =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
          try {
            open.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          connection.write("cd");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(halves);
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    backends: {b: {}}
                    models: {m: {backend: b}}
                    routes: [{path: /custom, model: m, timeouts: {silence: 100ms}}]
                    """)
                .start();
        RawClient model = RawClient.to(server.port());
        RawClient route = RawClient.to(server.port())) {
      model.send(predict("m"));
      route.send(RawClient.post("/custom", "{}"));

      RawClient.Response cut = route.response();

      assertThat(cut.clean()).isFalse();
      open.countDown();
      assertThat(model.response().body()).isEqualTo("abcd");
    }
  }

  @Test
  void bodyRateAndSize_ofOneModel() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    backends: {b: {}}
                    models:
                      strict: {backend: b, timeouts: {body-grace: 100ms}, limits: {request-bytes-max: 10}}
                      lax: {backend: b}
                    """)
                .start();
        RawClient slow = RawClient.to(server.port());
        RawClient slowElsewhere = RawClient.to(server.port());
        RawClient large = RawClient.to(server.port())) {
      slowElsewhere.send(headOf("lax", "Content-Length: 20") + "ab");
      slow.send(headOf("strict", "Content-Length: 10") + "ab");
      large.send(headOf("strict", "Content-Length: 11"));

      assertThat(slow.response().status()).isEqualTo(408);
      assertThat(large.response().status()).isEqualTo(413);
      slowElsewhere.send("x".repeat(18));
      assertThat(slowElsewhere.response().body()).isEqualTo("ok");
    }
  }

  @Test
  void stall_ofOneModel_resetsItsReader() throws Exception {
    RawBackend.Behaviour pouring =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
          byte[] block = new byte[64 << 10];
          for (int i = 0; i < 1500; i++) {
            connection.write(block);
          }
        };
    try (RawBackend backend = RawBackend.start(pouring);
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    backends: {b: {}}
                    models: {m: {backend: b, timeouts: {client-stall: 200ms}}}
                    """)
                .start();
        RawClient client = RawClient.to(server.port(), 4096)) {
      client.send(predict("m"));
      client.readHead();

      Await.until("the log has it", () -> server.events().size() == 1);

      assertThat(server.events().get(0).event().call().outcome())
          .isEqualTo(dev.sidelight.core.event.Outcome.CLIENT_CLOSED);
    }
  }

  @Test
  void log_capMarksAndSample_areTheModelsOwn() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    logger: {body-bytes-max: 1KiB}
                    backends: {b: {}}
                    models:
                      short: {backend: b, log: {body-bytes-max: 1}}
                      none: {backend: b, log: {sample-rate: 0}}
                      all: {backend: b, log: {skip-marks: ignore}}
                      usual: {backend: b}
                    """)
                .start();
        RawClient client = RawClient.to(server.port())) {
      for (String model : List.of("short", "none", "all", "usual")) {
        client.send(headOf(model, "X-Sidelight-Synthetic: 1\r\nContent-Length: 2") + "{}");
        client.response();
        client.send(predict(model));
        client.response();
      }

      Await.until("what is kept", () -> server.events().size() == 4);
      assertThat(server.events())
          .extracting(
              seen -> seen.event().model().model(),
              seen -> seen.requestBody().length,
              seen -> seen.event().marks().synthetic())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("short", 1, false),
              org.assertj.core.groups.Tuple.tuple("all", 2, true),
              org.assertj.core.groups.Tuple.tuple("all", 2, false),
              org.assertj.core.groups.Tuple.tuple("usual", 2, false));
      assertThat(server.metric("sidelight_log_skipped_total{reason=\"synthetic\"}")).isEqualTo(2);
    }
  }

  @Test
  void sampleRate_isDecidedByTheCallersId() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port()).set("logger.sample-rate", "0.25").start();
        RawClient client = RawClient.to(server.port())) {
      // u("order-1") = 0.2331: kept at a quarter; order-2 falls on the other side
      for (String id : List.of("order-1", "order-2", "order-1")) {
        client.send(headOf("m", "X-Request-Id: " + id + "\r\nContent-Length: 2") + "{}");
        assertThat(client.response().status()).isEqualTo(200);
      }

      Await.until("two are kept", () -> server.events().size() == 2);
      assertThat(server.events())
          .allSatisfy(
              seen -> {
                assertThat(seen.event().requestId()).isEqualTo("order-1");
                assertThat(seen.event().marks().sampleRate()).isEqualTo(0.25);
              });
      assertThat(server.metric("sidelight_log_skipped_total{reason=\"sampled\"}")).isEqualTo(1);
    }
  }

  @Test
  void strict_withoutRoomInTheLog_503AndNothingForwarded() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .file(
                    """
                    spool: {when-full: drop-newest}
                    backends: {b: {}}
                    models: {audit: {backend: b, log: {mode: strict}}, usual: {backend: b}}
                    """)
                .start();
        RawClient client = RawClient.to(server.port())) {
      server.sink().hasRoom(false);
      client.send(predict("audit"));

      RawClient.Response refused = client.response();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("log_unavailable");
      assertThat(refused.field("retry-after")).isEqualTo("1");
      assertThat(backend.bytesSeen()).isZero();
      client.send(predict("usual"));
      assertThat(client.response().body()).isEqualTo("ok");
      server.sink().hasRoom(true);
      server.sink().takesBodies(false); // the reserve was had beforehand: the body is kept
      client.send(predict("audit"));
      assertThat(client.response().body()).isEqualTo("ok");
      Await.until("both are kept", () -> server.events().size() == 2);
      assertThat(server.events().get(1).requestBody()).hasSize(2);
      assertThat(server.sink().pinnedBytes()).isZero();
    }
  }

  @Test
  void connectTimeout_ofARoute() throws Exception {
    // an address of TEST-NET-1 (RFC 5737): nobody answers, or the way there is refused at once
    try (TestServer server =
            TestServer.of(81)
                .named("192.0.2.1", Resolver.SYSTEM)
                .health(Backend.Health.NONE)
                .file(
                    """
                    timeouts: {connect: 60s}
                    backends: {b: {}}
                    models: {m: {backend: b, timeouts: {connect: 100ms}}}
                    """)
                .start();
        RawClient client = RawClient.to(server.port())) {
      client.send(predict("m"));

      assertThat(client.response().status()).isIn(502, 504);
    }
  }
}
