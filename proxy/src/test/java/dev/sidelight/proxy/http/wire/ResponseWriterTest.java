package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseWriterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "HTTP/1.1 200 OK|a: 1|Content-Length: 02|B:2|| > HTTP/1.1 200 OK|a: 1|B:2|Content-Length:"
            + " 2||",
        "HTTP/1.1 200 |X:||  > HTTP/1.1 200 |X:|Transfer-Encoding: chunked||",
        "HTTP/1.1 200|Content-Length: 0|| > HTTP/1.1 200 |Content-Length: 0||",
        "HTTP/1.0 404 not  here|A: 1|| > HTTP/1.1 404 not  here|A: 1|Transfer-Encoding: chunked||",
        "HTTP/1.1 204 x|Content-Length: 5|| > HTTP/1.1 204 x||",
        "HTTP/1.1 304 x|Content-Length: 5|ETag: e|| > HTTP/1.1 304 x|ETag: e|Content-Length: 5||",
        "HTTP/1.1 200 x|Transfer-Encoding: chunked|Trailer: T|| > HTTP/1.1 200 x|Trailer:"
            + " T|Transfer-Encoding: chunked||",
        "HTTP/1.1 200 x|Connection: close, X-Hop|X-Hop: 1|Keep-Alive: 5|Upgrade:"
            + " h2|Proxy-Authenticate: p|S: 1|Content-Length: 0|| > HTTP/1.1 200 x|S:"
            + " 1|Content-Length: 0||",
        "HTTP/1.1 307 x|location: http://b:1/|Set-Cookie: a|Set-Cookie: b|Content-Length: 0|| >"
            + " HTTP/1.1 307 x|location: http://b:1/|Set-Cookie: a|Set-Cookie: b|Content-Length:"
            + " 0||"
      })
  void write_toHttp11(String from, String to) {
    ByteBuf out = Unpooled.buffer();

    ResponseWriter.write(Heads.response(from, Asked.PLAIN), false, true, "", out);

    assertThat(Heads.text(out)).isEqualTo(to);
  }

  @Test
  void write_head_keepsTheLength() {
    Head head = Heads.response("HTTP/1.1 200 OK|Content-Length: 500||", Asked.HEAD);
    ByteBuf out = Unpooled.buffer();

    Framing framing = ResponseWriter.write(head, false, true, "", out);

    assertThat(framing).isEqualTo(Framing.NONE);
    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 200 OK|Content-Length: 500||");
  }

  @Test
  void write_toHttp10_chunkedBecomesUntilClose_trailersLost() {
    Head head =
        Heads.response("HTTP/1.1 200 OK|Transfer-Encoding: chunked|Trailer: T||", Asked.PLAIN);
    ByteBuf out = Unpooled.buffer();

    Framing framing = ResponseWriter.write(head, true, true, "", out);

    assertThat(framing).isEqualTo(Framing.UNTIL_CLOSE);
    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 200 OK|connection: close||");
  }

  @Test
  void write_toHttp10_lengthKeepsAlive() {
    Head head = Heads.response("HTTP/1.1 200 OK|Content-Length: 1||", Asked.PLAIN);
    ByteBuf out = Unpooled.buffer();

    Framing framing = ResponseWriter.write(head, true, true, "", out);

    assertThat(framing).isEqualTo(Framing.LENGTH);
    assertThat(Heads.text(out))
        .isEqualTo("HTTP/1.1 200 OK|Content-Length: 1|connection: keep-alive||");
  }

  @Test
  void write_requestId_onlyIfTheAnswerHasNone() {
    ByteBuf out = Unpooled.buffer();
    Head without = Heads.response("HTTP/1.1 200 OK|Content-Length: 0||", Asked.PLAIN);
    Head with = Heads.response("HTTP/1.1 200 OK|X-Request-ID: t|Content-Length: 0||", Asked.PLAIN);

    ResponseWriter.write(without, false, false, "our-id", out);
    assertThat(Heads.text(out)).endsWith("|connection: close|x-request-id: our-id||");

    out.clear();
    ResponseWriter.write(with, false, true, "our-id", out);
    assertThat(Heads.text(out)).contains("X-Request-ID: t|").doesNotContain("our-id");
  }

  @Test
  void writeInformational_keepsFields() {
    Head head = Heads.response("HTTP/1.1 103 Early|Link: x|Content-Length: 3||", Asked.PLAIN);
    ByteBuf out = Unpooled.buffer();

    ResponseWriter.writeInformational(head, out);

    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 103 Early|Link: x||");
  }

  @Test
  void writeInformational_upgrade() {
    Head head =
        Heads.response(
            "HTTP/1.1 101 x|Connection: upgrade|Upgrade: websocket|S: 1||",
            new Asked(false, false, true));
    ByteBuf out = Unpooled.buffer();

    ResponseWriter.writeInformational(head, out);

    assertThat(Heads.text(out))
        .isEqualTo("HTTP/1.1 101 x|Upgrade: websocket|S: 1|Connection: Upgrade||");
  }
}
