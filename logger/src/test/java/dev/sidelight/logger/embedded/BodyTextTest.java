package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTextTest {

  private final BodyText text = new BodyText();

  private String of(String body) {
    return text.of(body.getBytes(StandardCharsets.UTF_8), "");
  }

  @Test
  void of_ascii_asItIs() {
    assertThat(of("{\"a\":[1, 2]}")).isEqualTo("{\"a\":[1, 2]}");
  }

  @Test
  void of_accents_folded() {
    assertThat(of("Zürich")).isEqualTo("Zurich");
  }

  @Test
  void of_bytesThatAreNoUtf8_nothing() {
    assertThat(text.of(new byte[] {'a', (byte) 0xff}, "")).isEmpty();
    assertThat(text.of(new byte[] {'a', (byte) 0xc3, 'b'}, "")).isEmpty();
  }

  @Test
  void of_theMarkOfMalformedBytesItself_isText() {
    assertThat(of("a\ufffdb")).isEqualTo("a\ufffdb");
  }

  @Test
  void of_characterCutAtTheLimit_isNoError() {
    byte[] body = new byte[BodyText.BYTES_MAX + 1];
    Arrays.fill(body, (byte) 'a');
    body[BodyText.BYTES_MAX - 1] = (byte) 0xc3;
    body[BodyText.BYTES_MAX] = (byte) 0xa9;

    assertThat(text.of(body, "")).isEqualTo("a".repeat(BodyText.BYTES_MAX - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "br, Cw2AeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19Aw==",
    "ZSTD, KLUv/SAb2QAAeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19"
  })
  void of_packedBody_isItsText(String coding, String packed) {
    assertThat(text.of(Base64.getDecoder().decode(packed), coding))
        .contains("{\"instances\":[[1,2.5,\"a\"]]}");
  }

  @ParameterizedTest
  @CsvSource({
    "br, m7/GLfgnAOKxQCDPtwU=",
    "zstd, KLUv/YBYwMYtAFQAABAAAAEA+/85wAICABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQ"
        + "AAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAADNg4A"
  })
  void of_bomb_isCutAtTheUsualLength(String coding, String packed) {
    assertThat(text.of(Base64.getDecoder().decode(packed), coding))
        .hasSizeLessThanOrEqualTo(BodyText.BYTES_MAX);
  }

  @Test
  void of_anUnknownCoding_isNothing() {
    assertThat(text.of("plain".getBytes(StandardCharsets.UTF_8), "compress")).isEmpty();
  }
}
