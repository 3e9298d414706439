package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** End-to-end fields pass both ways with their case, their value and their order. */
class RoundTripTest {

  private static final Set<String> OURS =
      Set.of("host", "via", "forwarded", "content-length", "transfer-encoding", "x-request-id");

  @Provide
  Arbitrary<List<String>> endToEndFields() {
    Arbitrary<String> name =
        Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').ofMaxLength(9);
    Arbitrary<String> value =
        Arbitraries.strings()
            .withCharRange('!', '{')
            .withChars(' ', '\t')
            .ofMaxLength(20)
            .map(v -> v.replace("\\", "/").replace("{", "(").strip());
    return Combinators.combine(name, value).as((n, v) -> "Q-" + n + ": " + v).list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> hopFields() {
    return Arbitraries.of(
        "",
        "Connection: keep-alive|",
        "Connection: zz, close|zZ: gone|",
        "Upgrade: h2c|Connection: upgrade|",
        "Keep-Alive: 1|",
        "TE: trailers|",
        "Via: 1.1 other|",
        "X-Forwarded-For: 1.2.3.4|");
  }

  @Property(tries = 200)
  void request(
      @ForAll("endToEndFields") List<String> before,
      @ForAll("endToEndFields") List<String> after,
      @ForAll("hopFields") String hops) {
    Head head =
        Heads.request("GET /x HTTP/1.1|" + join(before) + "Host: a|" + hops + join(after) + "|");
    ByteBuf out = Unpooled.buffer();

    new RequestWriter(RequestRules.to("b"))
        .write(head, new Peer("10.0.0.7", "http", false), "id", out);

    List<String> expected = new ArrayList<>(before);
    expected.addAll(after);
    Head again = Heads.request(Heads.text(out));
    assertThat(endToEnd(again)).isEqualTo(expected);
    assertThat(again.host()).isEqualTo("b");
  }

  @Property(tries = 200)
  void response(
      @ForAll("endToEndFields") List<String> before,
      @ForAll("endToEndFields") List<String> after,
      @ForAll("hopFields") String hops) {
    String framed = "HTTP/1.1 200 OK|" + join(before) + hops + "Content-Length: 7|";
    Head head = Heads.response(framed + join(after) + "|", Asked.PLAIN);
    ByteBuf out = Unpooled.buffer();

    ResponseWriter.write(head, false, true, "", out);

    List<String> expected = new ArrayList<>(before);
    expected.addAll(after);
    Head again = Heads.response(Heads.text(out), Asked.PLAIN);
    assertThat(endToEnd(again)).isEqualTo(expected);
    assertThat(again.contentLength()).isEqualTo(7);
    assertThat(again.keepAlive()).isTrue();
  }

  private static String join(List<String> fields) {
    return fields.isEmpty() ? "" : String.join("|", fields) + "|";
  }

  private static List<String> endToEnd(Head head) {
    return Heads.lines(head.fields()).stream()
        .filter(
            line -> {
              String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
              return !OURS.contains(name) && !name.startsWith("x-forwarded-");
            })
        .toList();
  }
}
