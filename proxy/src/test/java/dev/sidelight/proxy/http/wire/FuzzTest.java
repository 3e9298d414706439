package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever arrives, in whatever pieces: the same verdict, and never an exception. Seeds are fixed,
 * so a failure can be repeated.
 */
class FuzzTest {

  private static final String[] PIECES = {
    "GET ",
    "POST ",
    "/",
    "/a/../b",
    "*",
    "http://a/",
    "http://b",
    " HTTP/1.1",
    " HTTP/1.0",
    " HTTP/2.0",
    "|",
    "||",
    "\\r",
    "\\n",
    " ",
    "\\t",
    "\\0",
    "\\x0b",
    "\\xe9",
    "Host: a|",
    "Host: ",
    "Content-Length: ",
    "3",
    "0",
    "-1",
    "18446744073709551616",
    ", ",
    "Transfer-Encoding: ",
    "chunked",
    "identity",
    "Connection: ",
    "close",
    "X-Hop",
    ": ",
    ":",
    "X_Y",
    "_",
    "abc",
    "0||",
    "3|abc|",
    "5;a=\"b\"|",
    "ffffffff|",
    "Expect: 100-continue|",
    "Trailer: X|",
    "#",
    "%2e",
    "%00",
    "HTTP/1.1 200 OK|",
    "HTTP/1.1 101 x|",
    "HTTP/1.1 204 |",
    "Upgrade: h2c|",
    "Via: 1.1 sidelight|"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void grammarOfPieces_sameVerdictInAnyPieces(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_500; i++) {
      byte[] bytes = sentence(random);

      assertSameVerdict(bytes, random);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void mutatedVectors_sameVerdictInAnyPieces(long seed) {
    Random random = new Random(seed);
    List<Vector> vectors =
        Vector.load("requests.txt").stream().filter(v -> v.bytes().length < 500).toList();
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = vectors.get(random.nextInt(vectors.size())).bytes();
      for (int n = random.nextInt(3); n >= 0 && bytes.length > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }

      assertSameVerdict(bytes, random);
    }
  }

  @Test
  void randomBytes_neverThrow() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      byte[] chunks = prefixed("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||", bytes);

      assertThat(Reading.requests(bytes)).isNotNull();
      assertThat(Reading.responses(bytes, Asked.PLAIN)).isNotNull();
      assertThat(Reading.requests(chunks)).startsWith("POST / [");
    }
  }

  private static void assertSameVerdict(byte[] bytes, Random random) {
    int[] every = Reading.everyByte(bytes.length);
    int[] some = Arrays.stream(every).filter(at -> random.nextInt(8) == 0).toArray();

    String whole = Reading.requests(bytes);
    assertThat(Reading.requests(bytes, every)).isEqualTo(whole);
    assertThat(Reading.requests(bytes, some)).isEqualTo(whole);
    String response = Reading.responses(bytes, Asked.CONTINUE).replace(" surplus", "");
    assertThat(Reading.responses(bytes, Asked.CONTINUE, some).replace(" surplus", ""))
        .isEqualTo(response);
  }

  private static byte[] sentence(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(4) > 0) {
      out.writeBytes(Vector.bytes("POST / HTTP/1.1|Host: a|"));
    }
    for (int n = random.nextInt(12); n > 0; n--) {
      out.writeBytes(Vector.bytes(PIECES[random.nextInt(PIECES.length)]));
    }
    return out.toByteArray();
  }

  private static byte[] prefixed(String prefix, byte[] bytes) {
    byte[] before = Vector.bytes(prefix);
    byte[] all = Arrays.copyOf(before, before.length + bytes.length);
    System.arraycopy(bytes, 0, all, before.length, bytes.length);
    return all;
  }
}
