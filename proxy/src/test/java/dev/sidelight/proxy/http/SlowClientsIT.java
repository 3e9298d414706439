package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients that take their time get what is due to them, when it is due; the others feel nothing.
 */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class SlowClientsIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PREDICT = RawClient.post("/v1/models/good:predict", "{}");
  private static final int MANY = 50;

  private interface Client {
    void begin(RawClient client) throws Exception;
  }

  private static List<RawClient> many(TestServer server, Client each) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      RawClient client = RawClient.to(server.port(), 4096);
      each.begin(client);
      clients.add(client);
    }
    return clients;
  }

  /** Median of some requests, microseconds. */
  private static long medianMicros(RawClient good) throws Exception {
    long[] micros = new long[200];
    for (int i = 0; i < micros.length; i++) {
      long from = System.nanoTime();
      assertThat(good.send(PREDICT).response().body()).isEqualTo("ok");
      micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - from);
    }
    Arrays.sort(micros);
    return micros[micros.length / 2];
  }

  private static void assertAll408(List<RawClient> clients) throws Exception {
    for (RawClient client : clients) {
      assertThat(client.response().status()).isEqualTo(408);
      assertThat(client.isClosed(3000)).isTrue();
      client.close();
    }
  }

  @Test
  void slowHeadsAndBodies_408OnTime_othersUnaffected() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .set("timeouts.head", "1500ms")
                .set("timeouts.body-grace", "1500ms")
                .set("limits.request-bytes-max", "1MiB")
                .start();
        RawClient good = RawClient.to(server.port())) {
      long alone = medianMicros(good);
      long begun = System.nanoTime();
      List<RawClient> heads =
          many(server, c -> c.send("POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nX-A: "));
      List<RawClient> bodies =
          many(
              server,
              c ->
                  c.send(
                      "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\n"
                          + "Content-Length: 9000\r\n\r\nab"));

      long beside = medianMicros(good);
      assertAll408(heads);
      assertAll408(bodies);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

      assertThat(millis).isBetween(1450L, 9000L);
      // wide, for a busy machine: a client that waits for others would wait for seconds
      assertThat(beside).isLessThan(10 * alone + 50_000);
      assertThat(medianMicros(good)).isLessThan(10 * alone + 50_000);
      Await.until(
          "all are over", () -> server.metric("sidelight_connections{side=\"client\"}") == 1);
    }
  }

  @Test
  void oneByteAtATime_doesNotMoveTheHeadsDeadline() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).set("timeouts.head", "500ms").start();
        RawClient drip = RawClient.to(server.port())) {
      long begun = System.nanoTime();
      drip.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
      Await.until("the next answer is there", () -> dripped(drip));

      assertThat(drip.response().status()).isEqualTo(408);
      assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(450));
      assertThat(backend.bytesSeen()).isZero();
    }
  }

  /** Sends one more byte; whether the answer has come. */
  private static boolean dripped(RawClient client) {
    try {
      if (client.hasInput()) {
        return true;
      }
      client.send("a");
      return false;
    } catch (java.io.IOException e) {
      return true; // the server closed while we were sending
    }
  }

  @Test
  void readersThatDoNotRead_areReset_othersUnaffected() throws Exception {
    RawBackend.Behaviour pouring =
        connection -> {
          for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
            connection.read(2);
            if (head.contains("good")) {
              connection.write(OK);
            } else {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n");
              byte[] block = new byte[64 << 10];
              for (int i = 0; i < 305; i++) {
                connection.write(block);
              }
            }
          }
        };
    try (RawBackend backend = RawBackend.start(pouring);
        TestServer server =
            TestServer.of(backend.port())
                .set("timeouts.client-stall", "1500ms")
                .set("limits.in-flight-bytes-max", "1GiB")
                .start();
        RawClient good = RawClient.to(server.port())) {
      long alone = medianMicros(good);
      List<RawClient> readers =
          many(server, c -> c.send(RawClient.post("/v1/models/m:predict", "{}")));

      long beside = medianMicros(good);
      Await.until(
          "all are given up",
          () ->
              server.events().stream()
                      .filter(seen -> seen.event().call().outcome() == Outcome.CLIENT_CLOSED)
                      .count()
                  == MANY);

      assertThat(beside).isLessThan(10 * alone + 50_000);
      for (RawClient reader : readers) {
        RawClient.Response cut = reader.response();
        assertThat(cut.clean()).isFalse();
        reader.close();
      }
    }
  }
}
