package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Every way an exchange can end, many times, and not a buffer lost. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class LeaksIT {

  private static final String[] REQUESTS = {
    RawClient.post("/v1/models/m:predict", "{}"),
    RawClient.post("/v1/models/m:predict", "x".repeat(70_000)),
    "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
    "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc",
    "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nGET /c HT",
    "GET /a HTTP/1.1\r\nHos",
    "BAD\r\n\r\n"
  };

  private static final String[] ANSWERS = {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut",
    "HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\nuntil the end",
    ""
  };

  private static void answer(RawBackend.Connection connection) throws java.io.IOException {
    String head = connection.readHead();
    int choice = connection.number() % (ANSWERS.length + 1);
    if (choice == ANSWERS.length) {
      connection.reset();
      return;
    }
    if (connection.number() % 2 == 0) {
      RawBackend.readBody(connection, head);
    }
    connection.write(ANSWERS[choice]);
  }

  @Test
  void lostBuffer_isFound() {
    Leaks.watch();
    lose();

    assertThat(Leaks.found()).isNotEmpty();
  }

  private static void lose() {
    for (int i = 0; i < 100; i++) {
      PooledByteBufAllocator.DEFAULT.directBuffer(8).writeByte(i);
    }
  }

  @Test
  void manyEnds_noBufferLost() throws Exception {
    try (RawBackend backend = RawBackend.start(LeaksIT::answer);
        TestServer server =
            TestServer.of(backend.port())
                .set("timeouts.body-grace", "50ms")
                .set("timeouts.head", "100ms")
                .start()) {
      for (int i = 0; i < 400; i++) {
        try (RawClient client = RawClient.to(server.port())) {
          client.send(REQUESTS[i % REQUESTS.length]);
          if (i % 5 > 1) {
            client.response();
          } else if (i % 5 == 1) {
            client.reset();
          }
        } catch (java.io.IOException e) {
          // a reset from the other side is one of the ends
        }
      }
      Await.until("every event", () -> server.events().size() == server.sink().startedCount());
      Await.until(
          "every connection gone",
          () -> server.metric("sidelight_connections{side=\"client\"}") == 0);
      assertThat(server.metric("sidelight_in_flight")).isZero();
      assertThat(server.sink().pinnedBytes()).isZero();
      assertThat(server.metric("sidelight_tap_held_bytes")).isZero();
    }
    assertThat(Leaks.found()).isEmpty();
  }
}
