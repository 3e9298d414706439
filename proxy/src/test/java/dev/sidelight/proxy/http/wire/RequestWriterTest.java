package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWriterTest {

  private static final RequestRules RULES = RequestRules.to("backend:9000");
  private static final Peer STRANGER = new Peer("10.0.0.7", "http", false);
  private static final Peer FRIEND = new Peer("10.0.0.8", "https", true);
  private static final String HOPS =
      "Via: 1.1 sidelight|X-Forwarded-For: 10.0.0.7|X-Forwarded-Host: a|X-Forwarded-Proto: http|"
          + "Forwarded: for=10.0.0.7;proto=http;host=\"a\"|";

  @Test
  void write_plainPost() {
    String out =
        write("POST /v1/m?x=%2F HTTP/1.1|Host: a|aCcEpt: */*|X:  b \t|Content-Length: 03||");

    assertThat(out)
        .isEqualTo(
            "POST /v1/m?x=%2F HTTP/1.1|Host: backend:9000|aCcEpt: */*|X:  b \t|Content-Length: 3|"
                + HOPS
                + "x-request-id: id-1||");
  }

  @Test
  void write_hostPreserved() {
    RequestRules rules = new RequestRules("backend:9000", true, true, "sidelight");

    String out = write(Heads.request("GET / HTTP/1.1|hOST: a:80|X: 1||"), rules, STRANGER);

    assertThat(out).startsWith("GET / HTTP/1.1|hOST: a:80|X: 1|Via:");
  }

  @Test
  void write_http10WithoutHost_becomes11() {
    String out = write("GET /p HTTP/1.0|Expect: x|X: 1||");

    assertThat(out)
        .startsWith("GET /p HTTP/1.1|Host: backend:9000|X: 1|Via:")
        .doesNotContain("X-Forwarded-Host", "host=");
  }

  @Test
  void write_hopByHop_removed() {
    String out =
        write(
            "POST / HTTP/1.1|A: 1|Connection: close, X-Hop, TE|Host: a|x-hop: 1|Keep-Alive: 5|"
                + "Proxy-Connection: x|Proxy-Authorization: y|TE: trailers|Upgrade: h2c|"
                + "HTTP2-Settings: AA|Trailer: X-Sum|Transfer-Encoding: CHUNKED|Z: 2||");

    assertThat(out)
        .isEqualTo(
            "POST / HTTP/1.1|A: 1|Host: backend:9000|Trailer: X-Sum|Z: 2|"
                + "Transfer-Encoding: chunked|"
                + HOPS
                + "x-request-id: id-1||");
  }

  @Test
  void write_stranger_forwardedAndIdentityRebuilt() {
    Head head =
        Heads.request(
            "GET / HTTP/1.1|Host: a|X-Forwarded-For: 1.2.3.4|X-Forwarded-Proto: https|"
                + "X-Forwarded-Port: 443|Forwarded: for=evil|X-User: root|X-Sidelight-Shadow: true|"
                + "X-Sidelight-Synthetic: true|X-Request-Id: mine||",
            "X-User");

    assertThat(write(head, RULES, STRANGER))
        .isEqualTo(
            "GET / HTTP/1.1|Host: backend:9000|X-Sidelight-Synthetic: true|X-Request-Id: mine|"
                + HOPS
                + "|");
  }

  @Test
  void write_friend_forwardedAppended() {
    Head head =
        Heads.request(
            "GET / HTTP/1.1|Host: a|X-Forwarded-For: 1.1.1.1|X-User: u|X-Forwarded-For: 2.2.2.2|"
                + "X-Forwarded-Proto: https|Forwarded: for=1.1.1.1|Via: 1.0 x|Seldon-Puid: p||",
            "X-User");

    assertThat(write(head, RULES, FRIEND))
        .isEqualTo(
            "GET / HTTP/1.1|Host: backend:9000|X-Forwarded-For: 1.1.1.1|X-User: u|"
                + "X-Forwarded-Proto: https|Seldon-Puid: p|Via: 1.0 x, 1.1 sidelight|"
                + "X-Forwarded-For: 2.2.2.2, 10.0.0.8|X-Forwarded-Host: a|"
                + "Forwarded: for=1.1.1.1, for=10.0.0.8;proto=https;host=\"a\"||");
  }

  @Test
  void write_ipv6Peer_quoted() {
    String out =
        write(
            Heads.request("GET / HTTP/1.1|Host: a||"),
            RULES,
            new Peer("2001:db8::1", "http", false));

    assertThat(out).contains("X-Forwarded-For: 2001:db8::1|", "Forwarded: for=\"[2001:db8::1]\";");
  }

  @Test
  void write_authorization_onlyIfTheRouteForwardsIt() {
    String head = "GET / HTTP/1.1|Host: a|Authorization: Bearer t|Cookie: c||";
    RequestRules without = new RequestRules("b", false, false, "sidelight");

    assertThat(write(head)).contains("Authorization: Bearer t|Cookie: c|");
    assertThat(write(Heads.request(head), without, STRANGER))
        .contains("Cookie: c|")
        .doesNotContain("Authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Via: 1.1 sidelight, 1.1 sidelight, 1.1 sidelight|",
        "Via: 1.1 sidelight|Via: 1.1 x, HTTP/1.1 sidelight (c)|Via:1.1  sidelight|"
      })
  void write_thirdPass_isALoop(String via) {
    Head head = Heads.request("GET / HTTP/1.1|Host: a|" + via + "|");
    ByteBuf out = Unpooled.buffer();

    Refusal refusal = new RequestWriter(RULES).write(head, STRANGER, "id", out);

    assertThat(refusal).extracting(r -> r.status() + " " + r.code()).isEqualTo("508 proxy_loop");
    assertThat(out.readableBytes()).isZero();
  }

  @Test
  void write_othersInVia_noLoop() {
    assertThat(
            write(
                "GET / HTTP/1.1|Host: a|Via: 1.1 sidelight, 1.1 sidelight, 1.1 sidelight2,,|"
                    + "X-Via: 1.1 sidelight||"))
        .contains("1.1 sidelight2,,, 1.1 sidelight|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://a/x?y HTTP/1.1 > GET /x?y HTTP/1.1",
        "GET http://a?y HTTP/1.1 > GET /?y HTTP/1.1",
        "GET http://a HTTP/1.1 > GET / HTTP/1.1",
        "OPTIONS http://a HTTP/1.1 > OPTIONS * HTTP/1.1",
        "OPTIONS * HTTP/1.1 > OPTIONS * HTTP/1.1"
      })
  void write_absoluteForm_becomesOriginForm(String example) {
    String[] sides = example.split(" > ", -1);

    assertThat(write(sides[0] + "|Host: a||")).startsWith(sides[1] + "|");
  }

  @Test
  void write_neverAddsAcceptEncoding_keepsExpect() {
    String out = write("POST / HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 0||");

    assertThat(out).contains("|Expect: 100-continue|").contains("|Content-Length: 0|");
    assertThat(out.toLowerCase(Locale.ROOT)).doesNotContain("accept-encoding");
  }

  private static String write(String head) {
    return write(Heads.request(head), RULES, STRANGER);
  }

  private static String write(Head head, RequestRules rules, Peer peer) {
    ByteBuf out = Unpooled.buffer(16);
    assertThat(new RequestWriter(rules).write(head, peer, "id-1", out)).isNull();
    return Heads.text(out);
  }
}
