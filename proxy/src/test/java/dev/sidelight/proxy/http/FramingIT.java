package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ambiguous requests, end to end: what the client hears, and that the backend hears nothing. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class FramingIT {

  private static final String P = "POST /v1/models/m:predict HTTP/1.1\r\n";
  private static final String H = "Host: h\r\n";

  private static RawBackend backend;
  private static TestServer server;

  @BeforeAll
  static void start() {
    backend =
        RawBackend.start(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    server = TestServer.of(backend.port()).start();
  }

  @AfterAll
  static void stop() {
    server.close();
    backend.close();
  }

  private static Arguments row(String request, int status, String code) {
    return Arguments.of(request, status, code);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row(
            P + H + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "framing_conflict"),
        row(
            P + H + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            400,
            "content_length_conflict"),
        row(P + H + "Content-Length: 3, 3\r\n\r\nabc", 400, "content_length_conflict"),
        row(P + H + "Content-Length: +3\r\n\r\nabc", 400, "content_length_invalid"),
        row(P + H + "Content-Length: -1\r\n\r\n", 400, "content_length_invalid"),
        row(P + H + "Content-Length: 0x3\r\n\r\nabc", 400, "content_length_invalid"),
        row(P + H + "Content-Length: 18446744073709551616\r\n\r\n", 400, "content_length_invalid"),
        row(P + H + "Content-Length: \r\n\r\n", 400, "content_length_invalid"),
        row(P + H + "Transfer-Encoding: xchunked\r\n\r\n", 501, "transfer_coding_unknown"),
        row(P + H + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "transfer_coding_unknown"),
        row(P + H + "Transfer-Encoding: chunked, identity\r\n\r\n", 400, "transfer_coding_invalid"),
        row(
            P + H + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "transfer_coding_invalid"),
        row(
            "POST /x HTTP/1.0\r\n" + H + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "transfer_coding_invalid"),
        row(
            P + H + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
            400,
            "chunk_invalid"),
        row(
            P + H + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
            400,
            "chunk_invalid"),
        row(
            P + H + "Transfer-Encoding: chunked\r\n\r\n3;a\nb\r\nabc\r\n0\r\n\r\n",
            400,
            "chunk_invalid"),
        row(P + H + "X: a\r\n b\r\n\r\n", 400, "header_invalid"),
        row(P + H + "X: a\nY: b\r\n\r\n", 400, "header_invalid"),
        row(P + H + "X: a\0b\r\n\r\n", 400, "header_invalid"),
        row(P + H + "X y: b\r\n\r\n", 400, "header_invalid"),
        row(P + H + "Content_Length: 3\r\n\r\n", 400, "header_invalid"),
        row(P + "\r\n", 400, "host_invalid"),
        row(P + H + "Host: b\r\n\r\n", 400, "host_invalid"),
        row(P + "Host: u@h\r\n\r\n", 400, "host_invalid"),
        row("GET http://other/x HTTP/1.1\r\n" + H + "\r\n", 400, "host_invalid"),
        row("GET /a b HTTP/1.1\r\n" + H + "\r\n", 400, "request_line_invalid"),
        row("GET /a/../b HTTP/1.1\r\n" + H + "\r\n", 400, "target_invalid"),
        row("GET /a/%2e%2e/b HTTP/1.1\r\n" + H + "\r\n", 400, "target_invalid"),
        row("GET /a#b HTTP/1.1\r\n" + H + "\r\n", 400, "target_invalid"),
        row("GET /a%2Fb HTTP/1.1\r\n" + H + "\r\n", 400, "target_invalid"),
        row("GET /a HTTP/1.9\r\n" + H + "\r\n", 505, "version_unsupported"),
        row("GET /a HTTP/1.1\r\n" + H + "X: " + "y".repeat(33_000) + "\r\n\r\n", 431, ""),
        row("GET /a HTTP/1.1\r\n" + H + "X: y\r\n".repeat(201) + "\r\n", 431, ""),
        row("GET /" + "a".repeat(8200) + " HTTP/1.1\r\n" + H + "\r\n", 414, ""),
        row("TRACE /a HTTP/1.1\r\n" + H + "\r\n", 405, "method_not_allowed"),
        row("CONNECT h:80 HTTP/1.1\r\n" + H + "\r\n", 405, "method_not_allowed"),
        row(P + H + "Connection: Host\r\n\r\n", 400, "header_invalid"),
        row(P + H + "Expect: tea\r\nContent-Length: 0\r\n\r\n", 417, ""));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusedInOneRead_backendHearsNothing(String request, int status, String code)
      throws Exception {
    long before = backend.bytesSeen();
    try (RawClient client = RawClient.to(server.port())) {
      client.send(request);

      RawClient.Response response = client.response();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.body()).contains("\"code\":\"" + code).contains("\"error\":");
      assertThat(response.field("connection")).isEqualTo("close");
      assertThat(client.isClosed(3000)).isTrue();
      assertThat(backend.bytesSeen()).isEqualTo(before);
      if (status == 405) {
        assertThat(response.field("allow")).contains("POST");
      }
    }
  }

  @Test
  void faultInLaterChunk_backendNeverSeesTheEnd() throws Exception {
    RawBackend.Behaviour silent =
        connection -> {
          connection.readHead();
          connection.drain();
        };
    try (RawBackend waiting = RawBackend.start(silent);
        TestServer own = TestServer.of(waiting.port()).start();
        RawClient client = RawClient.to(own.port())) {
      client.send(P + H + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      Await.until("begun", () -> !waiting.connections().isEmpty());

      client.send("zz\r\n0\r\n\r\n");

      assertThat(client.response().body()).contains("chunk_invalid");
      Await.until("backend closed", () -> waiting.connections().get(0).isClosedByPeer());
      assertThat(waiting.connections().get(0).received()).doesNotContain("\r\n0\r\n\r\n");
      Await.until("one event", () -> own.events().size() == 1);
      assertThat(own.events().get(0).event().call().status()).isEqualTo(400);
    }
  }

  @Test
  void upgradeToHttp2_servedAsHttp11() throws Exception {
    try (RawClient client = RawClient.to(server.port())) {
      client.send(
          "GET /x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings, X-Hop\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\nX-Hop: 1\r\n\r\n");

      assertThat(client.response().status()).isEqualTo(200);

      int last = backend.connections().size() - 1;
      String seen = backend.connections().get(last).received();
      assertThat(seen.substring(seen.lastIndexOf("GET /x")))
          .doesNotContainIgnoringCase("upgrade")
          .doesNotContainIgnoringCase("http2-settings")
          .doesNotContain("X-Hop");
    }
  }

  @Test
  void anySplit_sameAnswer() throws Exception {
    String request = P + H + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n";
    for (int at = 1; at < request.length(); at += 7) {
      try (RawClient client = RawClient.to(server.port())) {
        client.send(request.substring(0, at));
        client.send(request.substring(at));

        assertThat(client.response().body()).isEqualTo("ok");
      }
    }
  }
}
