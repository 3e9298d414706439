package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.proxy.http.Principal.Role;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Management and probes meet hostile clients as the data listener does: same codec, same clock. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class OtherListenersIT {

  private static final String GET = "GET /page HTTP/1.1\r\n";
  private static final String PUT = "PUT /page HTTP/1.1\r\n";
  private static final String H = "Host: localhost\r\n";
  private static final AtomicInteger CALLED = new AtomicInteger();

  private static RawBackend backend;
  private static TestServer server;

  @BeforeAll
  static void start() {
    Endpoint page =
        call -> {
          CALLED.incrementAndGet();
          return new Answer.Whole(200, Map.of(), "page".getBytes(StandardCharsets.US_ASCII));
        };
    backend =
        RawBackend.start(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    server =
        TestServer.of(backend.port())
            .set("timeouts.head", "300ms")
            .set("timeouts.body-grace", "300ms")
            .set("timeouts.keep-alive", "300ms")
            .routes(
                routes -> {
                  for (Listener each : new Listener[] {Listener.MANAGEMENT, Listener.PROBES}) {
                    routes.endpoint(each, "GET", "/page", Role.READ_LOGS, 0, page);
                    routes.endpoint(each, "PUT", "/page", Role.READ_LOGS, 100, page);
                  }
                })
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
    backend.close();
  }

  private static Stream<Arguments> onBoth(String what, String request, int status) {
    return Stream.of(
        Arguments.of(what, Listener.MANAGEMENT, request, status),
        Arguments.of(what, Listener.PROBES, request, status));
  }

  private static Stream<Arguments> here(String what, String request, int status) {
    return Stream.of(Arguments.of(what, Listener.MANAGEMENT, request, status));
  }

  static Stream<Arguments> hostile() {
    String chunked = PUT + H + "Transfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
            onBoth("slow head", "GET /page HTTP/1.1\r\nHos", 408),
            onBoth("slow body", PUT + H + "Content-Length: 50\r\n\r\nab", 408),
            onBoth("slow chunk", chunked + "5\r\nab", 408),
            onBoth("giant head", GET + H + "X: " + "y".repeat(40_000) + "\r\n\r\n", 431),
            onBoth("many fields", GET + H + "X: y\r\n".repeat(300) + "\r\n", 431),
            onBoth("giant target", "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + H + "\r\n", 414),
            onBoth(
                "both framings",
                PUT + H + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400),
            onBoth(
                "two lengths", PUT + H + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
            onBoth("signed length", PUT + H + "Content-Length: +3\r\n\r\nabc", 400),
            onBoth("unknown coding", PUT + H + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
            onBoth("bad chunk", chunked + "0x3\r\nabc\r\n0\r\n\r\n", 400),
            onBoth("surplus in chunk", chunked + "3\r\nabcX\r\n0\r\n\r\n", 400),
            onBoth(
                "endless extension",
                chunked + "3;" + "e".repeat(300) + "\r\nabc\r\n0\r\n\r\n",
                400),
            onBoth("folded field", GET + H + "X: a\r\n b\r\n\r\n", 400),
            onBoth("bare LF", GET + H + "X: a\nY: b\r\n\r\n", 400),
            onBoth("NUL in a value", GET + H + "X: a\0b\r\n\r\n", 400),
            onBoth("no Host", GET + "\r\n", 400),
            onBoth("two Hosts", GET + H + H + "\r\n", 400),
            onBoth("dots in the path", "GET /a/../page HTTP/1.1\r\n" + H + "\r\n", 400),
            onBoth("encoded slash", "GET /a%2Fpage HTTP/1.1\r\n" + H + "\r\n", 400),
            onBoth("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + H + "\r\n", 405),
            onBoth("other version", "GET /page HTTP/1.9\r\n" + H + "\r\n", 505),
            onBoth("not HTTP", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400),
            onBoth("too large a body", PUT + H + "Content-Length: 101\r\n\r\n", 413),
            here("rebound name", GET + "Host: evil.example\r\n\r\n", 403),
            here("name that only begins so", GET + "Host: localhost.evil.example\r\n\r\n", 403),
            here("foreign page", GET + H + "Origin: http://evil.example\r\n\r\n", 403),
            here("sandboxed page", GET + H + "Origin: null\r\n\r\n", 403))
        .flatMap(each -> each);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("hostile")
  void hostile_isRefusedOnTime_andNothingIsCalled(
      String what, Listener listener, String request, int status) throws Exception {
    int before = CALLED.get();
    long bytes = backend.bytesSeen();
    try (RawClient client = RawClient.to(server.server().port(listener))) {
      client.send(request);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.field("content-type")).isEqualTo("application/problem+json");
      assertThat(CALLED).hasValue(before);
      assertThat(backend.bytesSeen()).isEqualTo(bytes);
      if (status != 403 && status != 413) {
        assertThat(response.field("connection")).isEqualTo("close");
        assertThat(client.isClosed(3000)).isTrue();
      }
    }
    assertServes(listener);
  }

  private static void assertServes(Listener listener) throws Exception {
    try (RawClient client = RawClient.to(server.server().port(listener))) {
      assertThat(client.send(GET + H + "\r\n").response().body()).isEqualTo("page");
    }
  }

  @Test
  void garbageBehindARequest_endsTheConnectionAfterItsAnswer() throws Exception {
    for (Listener listener : new Listener[] {Listener.MANAGEMENT, Listener.PROBES}) {
      try (RawClient client = RawClient.to(server.server().port(listener))) {
        client.send(GET + H + "\r\n" + "\u0000\u0001garbage\r\n\r\n" + GET + H + "\r\n");

        assertThat(client.response().body()).isEqualTo("page");
        assertThat(client.response().status()).isEqualTo(400);
        assertThat(client.isClosed(3000)).isTrue();
      }
    }
  }

  @Test
  void silentAndIdleConnections_areClosedOnTime() throws Exception {
    for (Listener listener : new Listener[] {Listener.MANAGEMENT, Listener.PROBES}) {
      try (RawClient silent = RawClient.to(server.server().port(listener));
          RawClient idle = RawClient.to(server.server().port(listener))) {
        idle.send(GET + H + "\r\n");
        assertThat(idle.response().body()).isEqualTo("page");

        assertThat(silent.isClosed(5000)).isTrue();
        assertThat(idle.isClosed(5000)).isTrue();
      }
    }
  }

  /** Shared, the kernel would deal connections to both, and half the traffic would be elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"data", "management", "probes"})
  void start_portTaken_isRefusedByName(String listener) {
    int taken = server.server().port(Listener.valueOf(listener.toUpperCase(Locale.ROOT)));
    TestServer.Setup second =
        TestServer.of(backend.port())
            .set("listeners." + listener + ".port", Integer.toString(taken));

    assertThatThrownBy(second::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "cannot listen on 127.0.0.1:%d (listener %s): another program listens there"
                .formatted(taken, listener));
  }
}
