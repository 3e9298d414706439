package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyInflaterTest {

  private static final CodecLimits LIMITS = CodecLimits.defaults();
  private static final byte[] TEXT = "{\"instances\":[1,2,3]}".getBytes(StandardCharsets.UTF_8);

  private static Body packed(byte[] plain, String coding) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream to =
        switch (coding) {
          case "gzip" -> new GZIPOutputStream(packed);
          case "deflate" -> new DeflaterOutputStream(packed);
          default -> new DeflaterOutputStream(packed, new Deflater(6, true));
        }) {
      to.write(plain);
    }
    return new Body(packed.toByteArray(), "application/json", coding);
  }

  @Test
  void inflate_gzipAndBothDeflates() throws IOException {
    assertThat(BodyInflater.inflate(packed(TEXT, "gzip"), LIMITS)).isEqualTo(TEXT);
    assertThat(BodyInflater.inflate(packed(TEXT, "deflate"), LIMITS)).isEqualTo(TEXT);
    Body bare = new Body(packed(TEXT, "raw").bytes(), "application/json", "Deflate");
    assertThat(BodyInflater.inflate(bare, LIMITS)).isEqualTo(TEXT);
  }

  @Test
  void inflate_notEncoded_isTheSameArray() {
    assertThat(BodyInflater.inflate(Body.json(TEXT), LIMITS)).isSameAs(TEXT);
  }

  @Test
  void inflate_bomb_stopsAtTheRatio() throws IOException {
    Body bomb = packed(new byte[16 << 20], "gzip");

    CodecException fault = Faults.of(() -> BodyInflater.inflate(bomb, LIMITS));

    assertThat(fault.code()).isEqualTo("decompressed_too_large");
    assertThat(fault.expected()).isEqualTo("<= a ratio of 100");
  }

  @Test
  void inflate_beyondTheBytes_isRefused() throws IOException {
    CodecLimits small = new CodecLimits(1 << 20, 100, 100, 64, 64, 100, 100, 4, 16, 50, 10);
    byte[] plain = new byte[101];
    Arrays.fill(plain, (byte) 'a');

    CodecException fault = Faults.of(() -> BodyInflater.inflate(packed(plain, "gzip"), small));

    assertThat(fault.code()).isEqualTo("decompressed_too_large");
    assertThat(fault.expected()).isEqualTo("<= 100 bytes");
    assertThat(BodyInflater.inflate(packed(Arrays.copyOf(plain, 100), "gzip"), small)).hasSize(100);
  }

  @Test
  void inflate_otherwise_isRefusedByName() {
    assertThat(Faults.of(() -> BodyInflater.inflate(new Body(TEXT, "", "compress"), LIMITS)).code())
        .isEqualTo("content_encoding_unsupported");
    assertThat(Faults.of(() -> BodyInflater.inflate(new Body(TEXT, "", "gzip"), LIMITS)).code())
        .isEqualTo("content_encoding_invalid");
    CodecLimits tiny = new CodecLimits(5, 100, 100, 64, 64, 100, 100, 4, 16, 50, 10);
    assertThat(Faults.of(() -> BodyInflater.inflate(Body.json(TEXT), tiny)).code())
        .isEqualTo("body_too_large");
  }

  @ParameterizedTest
  @CsvSource({
    "br, Cw2AeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19Aw==",
    "zstd, KLUv/SAb2QAAeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19"
  })
  void inflate_brAndZstd_givesThePlainText(String coding, String packed) {
    Body body = new Body(Base64.getDecoder().decode(packed), "application/json", coding);

    assertThat(new String(BodyInflater.inflate(body, LIMITS), UTF_8))
        .isEqualTo("{\"instances\":[[1,2.5,\"a\"]]}");
  }

  @ParameterizedTest
  @CsvSource({
    "br, m7/GLfgnAOKxQCDPtwU=",
    "zstd, KLUv/YBYwMYtAFQAABAAAAEA+/85wAICABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQ"
        + "AAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAADNg4A"
  })
  void inflate_bomb_stopsAtTheRatio(String coding, String packed) {
    Body body = new Body(Base64.getDecoder().decode(packed), "", coding);

    assertThat(Faults.of(() -> BodyInflater.inflate(body, CodecLimits.defaults())).code())
        .isEqualTo("decompressed_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd"})
  void inflate_otherBytes_areInvalid(String coding) {
    assertThat(Faults.of(() -> BodyInflater.inflate(new Body(TEXT, "", coding), LIMITS)).code())
        .isEqualTo("content_encoding_invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "br, Cw2AeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19Aw==",
    "zstd, KLUv/SAb2QAAeyJpbnN0YW5jZXMiOltbMSwyLjUsImEiXV19"
  })
  void prefix_wholeOrCut_isWhatCanBeRead(String coding, String base64) {
    byte[] packed = Base64.getDecoder().decode(base64);

    assertThat(new String(BodyInflater.prefix(packed, coding, 100), UTF_8))
        .isEqualTo("{\"instances\":[[1,2.5,\"a\"]]}");
    assertThat(new String(BodyInflater.prefix(packed, coding, 11), UTF_8))
        .isEqualTo("{\"instances");
    assertThat(BodyInflater.prefix(Arrays.copyOf(packed, 9), coding, 100)).hasSizeLessThan(28);
    assertThat(BodyInflater.prefix(packed, "compress", 100)).isEmpty();
  }
}
