package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How exchanges end, whoever ends them. Each leaves one event, no slot, no buffer. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class LifeIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PREDICT = RawClient.post("/v1/models/m:predict", "{}");

  private static RecordingSink.Seen onlyEvent(TestServer server) {
    Await.until("one event", () -> server.events().size() == 1);
    Await.until("nothing in flight", () -> server.metric("sidelight_in_flight") == 0);
    assertThat(server.sink().startedCount()).isEqualTo(1);
    assertThat(server.sink().pinnedBytes()).isZero();
    return server.events().get(0);
  }

  @Test
  void expect_helpfulBackend() throws Exception {
    RawBackend.Behaviour helpful =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 100 Continue\r\n\r\n");
          connection.read(2);
          connection.write(OK);
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(helpful);
        TestServer server = TestServer.of(backend.port()).set("timeouts.expect", "9s").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              + "Content-Length: 2\r\n\r\n");

      assertThat(client.response().status()).isEqualTo(100);
      client.send("{}");
      assertThat(client.response().status()).isEqualTo(200);
      onlyEvent(server);
    }
  }

  @Test
  void expect_silentBackend_weSayContinue() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).set("timeouts.expect", "50ms").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              + "Content-Length: 2\r\n\r\n");

      assertThat(client.response().status()).isEqualTo(100);
      client.send("{}");
      assertThat(client.response().status()).isEqualTo(200);
      onlyEvent(server);
    }
  }

  @Test
  void expect_finalAnswerInstead() throws Exception {
    RawBackend.Behaviour refusing =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(refusing);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              + "Content-Length: 2\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.field("connection")).isEqualTo("close");
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
    }
  }

  @Test
  void interim_forwardedInOrder() throws Exception {
    RawBackend.Behaviour chatty =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write(
              "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                  + "HTTP/1.1 103 Early Hints\r\nLink: </b>\r\n\r\n"
                  + OK);
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(chatty);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      assertThat(client.response().status()).isEqualTo(102);
      assertThat(client.response().field("link")).isEqualTo("</a>");
      assertThat(client.response().field("link")).isEqualTo("</b>");
      assertThat(client.response().status()).isEqualTo(200);
      onlyEvent(server);
    }
  }

  @Test
  void seventeenInterim_badGateway() throws Exception {
    RawBackend.Behaviour endless =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write("HTTP/1.1 102 Processing\r\n\r\n".repeat(17) + OK);
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(endless);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      for (int i = 0; i < 16; i++) {
        assertThat(client.response().status()).isEqualTo(102);
      }
      RawClient.Response last = client.response();
      assertThat(last.status()).isEqualTo(502);
      assertThat(last.body()).contains("backend_bad_response");
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.BACKEND_UNREACHABLE);
    }
  }

  @Test
  void earlyAnswer_closesAfterIt() throws Exception {
    RawBackend.Behaviour impatient =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(impatient);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("big");
      assertThat(response.field("connection")).isEqualTo("close");
      assertThat(client.isClosed(3000)).isTrue();
      assertThat(onlyEvent(server).event().call().status()).isEqualTo(413);
      Await.until("backend closed", () -> backend.connections().get(0).isClosedByPeer());
    }
  }

  @Test
  void clientFin_endsTheBackend() throws Exception {
    RawBackend.Behaviour silent =
        connection -> {
          connection.readHead();
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(silent);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);
      Await.until("request arrived", () -> backend.bytesSeen() > 2);

      client.shutdownOutput();

      Await.within(
          Duration.ofSeconds(2),
          "backend closed",
          () -> backend.connections().get(0).isClosedByPeer());
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.CLIENT_CLOSED);
      assertThat(server.metric("sidelight_client_closed_total")).isEqualTo(1);
    }
  }

  @Test
  void clientReset_midBody() throws Exception {
    RawBackend.Behaviour silent =
        connection -> {
          connection.readHead();
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(silent);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");
      Await.until("request arrived", () -> backend.bytesSeen() > 2);

      client.reset();

      Await.until("backend closed", () -> backend.connections().get(0).isClosedByPeer());
      RecordingSink.Seen event = onlyEvent(server);
      assertThat(event.event().call().outcome()).isEqualTo(Outcome.CLIENT_CLOSED);
      assertThat(event.event().request().truncation()).isEqualTo(Truncation.CLIENT_CLOSED);
    }
  }

  @Test
  void backendGoneMidBody_noCleanEnd() throws Exception {
    RawBackend.Behaviour breaking =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n");
        };
    try (RawBackend backend = RawBackend.start(breaking);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.clean()).isFalse();
      RecordingSink.Seen event = onlyEvent(server);
      assertThat(event.event().call().outcome()).isEqualTo(Outcome.TRUNCATED_UPSTREAM);
      assertThat(event.event().response().truncation()).isEqualTo(Truncation.BACKEND_RESET);
    }
  }

  @Test
  void backendResetBeforeHead_postSeenOnce() throws Exception {
    RawBackend.Behaviour resetting =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.reset();
        };
    try (RawBackend backend = RawBackend.start(resetting);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(502);
      assertThat(response.body()).contains("\"code\":\"backend_reset\"").contains("\"error\":");
      assertThat(backend.connections()).hasSize(1);
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.BACKEND_UNREACHABLE);
    }
  }

  @Test
  void getOnClosedIdleConnection_isRetried() throws Exception {
    RawBackend.Behaviour oneShot =
        connection -> {
          connection.readHead();
          connection.write(OK);
          if (connection.number() == 1) {
            connection.readHead(); // takes the second request and closes without a word
          } else {
            connection.drain();
          }
        };
    try (RawBackend backend = RawBackend.start(oneShot);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);

      client.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(client.response().status()).isEqualTo(200);
      assertThat(backend.connections()).hasSize(2);
      assertThat(server.metric("sidelight_retries_total{reason=\"closed_idle\"}")).isEqualTo(1);
    }
  }

  @Test
  void surplusBytes_nextRequestUsesAnotherConnection() throws Exception {
    RawBackend.Behaviour surplus =
        connection -> {
          connection.readHead();
          connection.read(2);
          connection.write(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(surplus);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);
      assertThat(client.response().body()).isEqualTo("ok");

      client.send(PREDICT);

      assertThat(client.response().body()).isEqualTo("ok");
      assertThat(backend.connections()).hasSize(2);
    }
  }

  @Test
  void garbage_badGateway() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering("SSH-2.0-x\r\n\r\n"));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(502);
      assertThat(response.body()).contains("backend_bad_response");
      onlyEvent(server);
    }
  }

  @Test
  void silentBackend_gatewayTimeout() throws Exception {
    RawBackend.Behaviour silent = RawBackend.Connection::drain;
    try (RawBackend backend = RawBackend.start(silent);
        TestServer server = TestServer.of(backend.port()).set("timeouts.response", "80ms").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.body()).contains("backend_timeout");
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.TIMEOUT);
      Await.until("backend closed", () -> backend.connections().get(0).isClosedByPeer());
    }
  }

  @Test
  void silenceInsideAnAnswer_aborts() throws Exception {
    RawBackend.Behaviour stalling =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(stalling);
        TestServer server = TestServer.of(backend.port()).set("timeouts.silence", "80ms").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(PREDICT);

      assertThat(client.response().clean()).isFalse();
      assertThat(onlyEvent(server).event().call().outcome()).isEqualTo(Outcome.TRUNCATED_UPSTREAM);
    }
  }

  @Test
  void slowHead_408() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).set("timeouts.head", "80ms").start();
        RawClient client = RawClient.to(server.port())) {
      client.send("POST /v1/models/m:predict HTTP/1.1\r\nHos");

      assertThat(client.response().status()).isEqualTo(408);
      assertThat(client.isClosed(3000)).isTrue();
      assertThat(backend.bytesSeen()).isZero();
    }
  }

  @Test
  void slowBody_408AndBackendAborted() throws Exception {
    RawBackend.Behaviour silent =
        connection -> {
          connection.readHead();
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(silent);
        TestServer server =
            TestServer.of(backend.port()).set("timeouts.body-grace", "80ms").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");

      assertThat(client.response().status()).isEqualTo(408);
      Await.until("backend closed", () -> backend.connections().get(0).isClosedByPeer());
      assertThat(onlyEvent(server).event().call().status()).isEqualTo(408);
    }
  }

  @Test
  void poolExhausted_503() throws Exception {
    RawBackend.Behaviour silent =
        connection -> {
          connection.readHead();
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(silent);
        TestServer server =
            TestServer.of(backend.port())
                .connectionsMax(1)
                .set("timeouts.pool-wait", "60ms")
                .start();
        RawClient first = RawClient.to(server.port());
        RawClient second = RawClient.to(server.port())) {
      first.send(PREDICT);
      Await.until("first arrived", () -> backend.bytesSeen() > 0);
      second.send(PREDICT);

      RawClient.Response response = second.response();

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.field("retry-after")).isEqualTo("1");
      assertThat(response.body()).contains("backend_pool_exhausted");
    }
  }

  @Test
  void bodyOverLimit_declaredAndChunked() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port()).set("limits.request-bytes-max", "1KiB").start();
        RawClient declared = RawClient.to(server.port());
        RawClient chunked = RawClient.to(server.port())) {
      declared.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n");
      assertThat(declared.response().body()).contains("body_too_large").contains("5000");
      assertThat(backend.bytesSeen()).isZero();

      chunked.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "7d0\r\n"
              + "x".repeat(2000)
              + "\r\n0\r\n\r\n");

      assertThat(chunked.response().status()).isEqualTo(413);
      assertThat(backend.bytesSeen()).isZero();
    }
  }
}
