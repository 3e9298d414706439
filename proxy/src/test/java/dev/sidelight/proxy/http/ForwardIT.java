package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.proxy.config.Profile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What passes, in both directions, and what the log holds of it. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class ForwardIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Odd: a  b\r\n\r\nok";

  @Test
  void predict_passesUnchangedAndIsLogged() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/a.b:predict?q=1 HTTP/1.1\r\nHost: h\r\nX-ODD:  v\r\n"
              + "X-Request-Id: mine\r\nContent-Type: application/json\r\n"
              + "Content-Length: 9\r\n\r\n{\"a\": [1]");

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("ok");
      assertThat(response.head()).contains("X-Odd: a  b\r\n");
      String seen = backend.connections().get(0).received();
      assertThat(seen)
          .startsWith("POST /v1/models/a.b:predict?q=1 HTTP/1.1\r\n")
          .contains("X-ODD:  v\r\n")
          .contains("X-Request-Id: mine\r\n")
          .endsWith("\r\n\r\n{\"a\": [1]");
      Await.until("one event", () -> server.events().size() == 1);
      RecordingSink.Seen event = server.events().get(0);
      assertThat(event.event().model().model()).isEqualTo("a.b");
      assertThat(event.event().requestId()).isEqualTo("mine");
      assertThat(event.event().call().path()).isEqualTo("/v1/models/a.b:predict");
      assertThat(event.event().call().status()).isEqualTo(200);
      assertThat(event.event().call().outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(event.event().request().contentType()).isEqualTo("application/json");
      assertThat(event.requestHead()).contains("X-ODD:  v\r\n");
      assertThat(new String(event.requestBody(), StandardCharsets.UTF_8)).isEqualTo("{\"a\": [1]");
      assertThat(new String(event.responseBody(), StandardCharsets.UTF_8)).isEqualTo("ok");
      assertThat(server.sink().pinnedBytes()).isZero();
    }
  }

  @Test
  void version_isTakenFromThePath() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).profile(Profile.V2).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v2/models/m/versions/3/infer", "{}"));

      assertThat(client.response().status()).isEqualTo(200);

      Await.until("one event", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().model().version()).isEqualTo("3");
      assertThat(server.events().get(0).event().call().protocol()).isEqualTo("v2");
    }
  }

  @Test
  void metadata_passesUntapped() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /v1/models/m HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(client.response().body()).isEqualTo("ok");
      assertThat(server.sink().startedCount()).isZero();
    }
  }

  @Test
  void skipMark_isForwardedCountedAndNotLogged() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nSeldon-Skip-Logging: TRUE\r\n"
              + "Content-Length: 0\r\n\r\n");

      assertThat(client.response().status()).isEqualTo(200);
      assertThat(backend.connections().get(0).received()).contains("Seldon-Skip-Logging: TRUE");
      assertThat(server.sink().startedCount()).isZero();
      assertThat(server.metric("sidelight_log_skipped_total{reason=\"skip_mark\"}")).isEqualTo(1);
    }
  }

  @Test
  void fiftyPipelined_answeredInOrder() throws Exception {
    RawBackend.Behaviour echo =
        connection -> {
          for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
            String body = RawBackend.readBody(connection, head);
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
          }
        };
    try (RawBackend backend = RawBackend.start(echo);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(RawClient.post("/v1/models/m:predict", "request " + i));
      }
      client.send(all.toString());

      for (int i = 0; i < 50; i++) {
        assertThat(client.response().body()).isEqualTo("request " + i);
      }
      Await.until("50 events", () -> server.events().size() == 50);
      assertThat(backend.connections()).hasSize(1);
    }
  }

  @Test
  void chunkedWithTrailers_bothWays() throws Exception {
    RawBackend.Behaviour trailing =
        connection -> {
          connection.readHead();
          connection.readChunked();
          connection.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                  + "4\r\nabcd\r\n3;ext=1\r\nefg\r\n0\r\nX-Sum: 7\r\n\r\n");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(trailing);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(
          "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
              + "3\r\nabc\r\n");
      client.send("2\r\nde\r\n0\r\nX-Check: 9\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.body()).isEqualTo("abcdefg");
      assertThat(response.trailers()).isEqualTo("X-Sum: 7\r\n");
      assertThat(backend.connections().get(0).received())
          .contains("chunked\r\n")
          .contains("abc")
          .endsWith("0\r\nX-Check: 9\r\n\r\n");
      Await.until("one event", () -> server.events().size() == 1);
      assertThat(new String(server.events().get(0).requestBody(), StandardCharsets.UTF_8))
          .isEqualTo("abcde");
    }
  }

  @Test
  void bodiless_headAnd204And304() throws Exception {
    RawBackend.Behaviour bodiless =
        connection -> {
          for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
            if (head.startsWith("HEAD")) {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
            } else if (head.contains("/204")) {
              connection.write("HTTP/1.1 204 No Content\r\n\r\n");
            } else {
              connection.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
            }
          }
        };
    try (RawBackend backend = RawBackend.start(bodiless);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.response(true).field("content-length")).isEqualTo("99");
      client.send("GET /204 HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(204);
      client.send("GET /304 HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(304);
      assertThat(backend.connections()).hasSize(1);
    }
  }

  @Test
  void http10Client_getsCloseDelimitedBody() throws Exception {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n";
    try (RawBackend backend = RawBackend.start(RawBackend.answering(chunked));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /x HTTP/1.0\r\nHost: h\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.body()).isEqualTo("abc");
      assertThat(response.field("transfer-encoding")).isEmpty();
    }
  }

  @Test
  void lengthless_becomesChunkedForHttp11() throws Exception {
    RawBackend.Behaviour closing =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
        };
    try (RawBackend backend = RawBackend.start(closing);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");

      RawClient.Response response = client.response();

      assertThat(response.body()).isEqualTo("until the end");
      assertThat(response.clean()).isTrue();
    }
  }

  @Test
  void cap_cutsOnlyTheCopy() throws Exception {
    String body = "x".repeat(100_000);
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port()).set("logger.body-bytes-max", "1KiB").start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/models/m:predict", body));

      assertThat(client.response().status()).isEqualTo(200);

      assertThat(backend.connections().get(0).received()).endsWith("\r\n\r\n" + body);
      Await.until("one event", () -> server.events().size() == 1);
      var side = server.events().get(0).event().request();
      assertThat(side.truncation()).isEqualTo(Truncation.CAP);
      assertThat(side.bodyBytes()).isEqualTo(100_000);
      assertThat(server.events().get(0).requestBody()).hasSize(1024);
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(body.getBytes(StandardCharsets.US_ASCII));
      assertThat(side.bodyCrc()).isEqualTo((int) crc.getValue());
      assertThat(server.sink().pinnedBytes()).isZero();
    }
  }

  @Test
  void errorStatus_isLoggedWithItsOutcome() throws Exception {
    String failing = "HTTP/1.1 500 \r\nContent-Length: 1\r\n\r\nx";
    try (RawBackend backend = RawBackend.start(RawBackend.answering(failing));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/models/m:predict", "{}"));

      assertThat(client.response().status()).isEqualTo(500);

      Await.until("one event", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().call().outcome()).isEqualTo(Outcome.SERVER_ERROR);
    }
  }

  @Test
  void serverSentEvents_arriveOneByOne() throws Exception {
    java.util.concurrent.CountDownLatch first = new java.util.concurrent.CountDownLatch(1);
    RawBackend.Behaviour streaming =
        connection -> {
          connection.readHead();
          connection.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
          try {
            first.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          connection.write("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(streaming);
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/models/m:predict", "{}"));
      client.readHead();
      byte[] block = new byte[100];

      int n = client.read(block);

      assertThat(new String(block, 0, n, StandardCharsets.US_ASCII)).contains("data: 1\n\n");
      first.countDown();
      StringBuilder rest = new StringBuilder();
      while (!rest.toString().endsWith("0\r\n\r\n")) {
        rest.append((char) client.read());
      }
      assertThat(rest).contains("data: 2");
      Await.until("one event", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().call().transport()).isEqualTo("sse");
    }
  }

  @Test
  void noIds_oursGoesBothWays() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/models/m:predict", "{}"));

      String id = client.response().field("x-request-id");

      Await.until("one event", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().id()).hasToString(id);
      assertThat(backend.connections().get(0).received()).contains("x-request-id: " + id);
    }
  }

  @Test
  void noFallback_unknownPathNamesTheNearest() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).withoutFallback().start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/model/m:predict", "{}"));

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body())
          .contains("\"code\":\"route_unknown\"")
          .contains("/v1/models/{model}:predict")
          .contains("\"error\":");
      assertThat(backend.bytesSeen()).isZero();
      client.send(RawClient.post("/v1/models/m:predict", "{}"));
      assertThat(client.response().status()).isEqualTo(200);
      Await.until("only the served one is logged", () -> server.events().size() == 1);
    }
  }
}
