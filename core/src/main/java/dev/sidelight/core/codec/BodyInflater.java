package dev.sidelight.core.codec;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Undoes a content encoding, within limits: gzip, deflate (with or without the zlib wrapper), br
 * and zstd.
 */
public final class BodyInflater {

  private static final int CHUNK = 8192;

  /** Below this size the ratio is not judged: a short text of one letter packs very well. */
  private static final int RATIO_FREE_BYTES = 64 << 10;

  /**
   * 8 MiB of memory for the window, as RFC 8878 asks of every decoder; a frame may ask for more.
   */
  private static final int ZSTD_WINDOW_LOG_MAX = 23;

  private BodyInflater() {}

  /**
   * The plain bytes of a body; the body's own array where it is not encoded.
   *
   * @throws CodecException {@code body_too_large}, {@code decompressed_too_large}, {@code
   *     content_encoding_unsupported}, {@code content_encoding_invalid}
   */
  public static byte[] inflate(Body body, CodecLimits limits) {
    byte[] packed = body.bytes();
    if (packed.length > limits.bodyBytesMax()) {
      throw new CodecException(
          "body_too_large",
          "",
          "<= " + limits.bodyBytesMax() + " bytes",
          packed.length + " bytes",
          "the body has %d bytes, the limit is %d".formatted(packed.length, limits.bodyBytesMax()));
    }
    String coding = body.contentEncoding().strip().toLowerCase(Locale.ROOT);
    try {
      return switch (coding) {
        case "", "identity" -> packed;
        case "gzip", "x-gzip" ->
            read(new GZIPInputStream(new ByteArrayInputStream(packed), CHUNK), packed, limits);
        case "deflate" -> deflated(packed, limits);
        case "br" ->
            read(new BrotliInputStream(new ByteArrayInputStream(packed), CHUNK), packed, limits);
        case "zstd" -> read(zstd(packed), packed, limits);
        default ->
            throw new CodecException(
                "content_encoding_unsupported",
                "",
                "gzip, deflate, br, zstd or identity",
                "another coding",
                "the body's content encoding is not one of gzip, deflate, br, zstd, identity");
      };
    } catch (IOException e) {
      CodecException invalid =
          new CodecException(
              "content_encoding_invalid",
              "",
              coding,
              packed.length + " bytes",
              "the body is not valid " + coding);
      invalid.initCause(e);
      throw invalid;
    }
  }

  /**
   * The beginning of a body in br or zstd, which may be cut or damaged: what can be read of it, at
   * most {@code bytesMax} bytes; nothing in any other coding. Window sizes are bounded as ever.
   *
   * @param coding in lower case
   */
  public static byte[] prefix(byte[] packed, String coding, int bytesMax) {
    byte[] plain = new byte[bytesMax];
    int length = 0;
    try (InputStream in =
        switch (coding) {
          case "br" -> new BrotliInputStream(new ByteArrayInputStream(packed), CHUNK);
          case "zstd" -> zstd(packed).setContinuous(true);
          default -> InputStream.nullInputStream();
        }) {
      int n = 0;
      while (n >= 0 && length < bytesMax) {
        length += n;
        n = in.read(plain, length, bytesMax - length);
      }
    } catch (IOException cutOrDamaged) {
      // what came before it is still worth having
    }
    return Arrays.copyOf(plain, length);
  }

  private static ZstdInputStreamNoFinalizer zstd(byte[] packed) throws IOException {
    return new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))
        .setLongMax(ZSTD_WINDOW_LOG_MAX);
  }

  private static byte[] deflated(byte[] packed, CodecLimits limits) throws IOException {
    // RFC 9110 means zlib; many clients send the bare stream. A zlib head is a multiple of 31.
    boolean wrapped =
        packed.length >= 2
            && (packed[0] & 0x0f) == 8
            && (((packed[0] & 0xff) << 8) | (packed[1] & 0xff)) % 31 == 0;
    Inflater inflater = new Inflater(!wrapped);
    try {
      return read(
          new InflaterInputStream(new ByteArrayInputStream(packed), inflater, CHUNK),
          packed,
          limits);
    } finally {
      inflater.end();
    }
  }

  private static byte[] read(InputStream in, byte[] packed, CodecLimits limits) throws IOException {
    long byRatio = Math.max(RATIO_FREE_BYTES, (long) packed.length * limits.decompressedRatioMax());
    long max = Math.min(byRatio, limits.decompressedBytesMax());
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.max(CHUNK, packed.length));
    byte[] chunk = new byte[CHUNK];
    try (in) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (plain.size() + (long) n > max) {
          throw tooLarge(packed.length, byRatio <= limits.decompressedBytesMax(), limits);
        }
        plain.write(chunk, 0, n);
      }
    }
    return plain.toByteArray();
  }

  private static CodecException tooLarge(int packed, boolean ratio, CodecLimits limits) {
    String limit =
        ratio
            ? "a ratio of " + limits.decompressedRatioMax()
            : limits.decompressedBytesMax() + " bytes";
    return new CodecException(
        "decompressed_too_large",
        "",
        "<= " + limit,
        "more",
        "the body inflates from %d bytes to more than %s".formatted(packed, limit));
  }
}
