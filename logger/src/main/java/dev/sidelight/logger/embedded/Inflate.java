package dev.sidelight.logger.embedded;

import dev.sidelight.core.codec.BodyInflater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The beginning of a body without its content encoding. Never makes more than it was asked for. */
final class Inflate {

  private Inflate() {}

  /**
   * At most {@code bytesMax} bytes; what could be read of a cut or damaged body; nothing where the
   * encoding is unknown. A gzip magic counts even without a label.
   */
  static byte[] prefix(byte[] body, String encoding, int bytesMax) {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    boolean isGzip = body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
    if (isGzip || name.equals("gzip") || name.equals("x-gzip")) {
      return read(body, Container.GZIP, bytesMax);
    }
    return switch (name) {
      case "", "identity" ->
          body.length <= bytesMax ? body : java.util.Arrays.copyOf(body, bytesMax);
      case "deflate" -> deflated(body, bytesMax);
      default -> BodyInflater.prefix(body, name, bytesMax);
    };
  }

  /** RFC 9110 means zlib by this name; some peers send the bare stream. */
  private static byte[] deflated(byte[] body, int bytesMax) {
    byte[] zlib = read(body, Container.ZLIB, bytesMax);
    return zlib.length > 0 ? zlib : read(body, Container.BARE, bytesMax);
  }

  private enum Container {
    GZIP,
    ZLIB,
    BARE
  }

  private static byte[] read(byte[] body, Container container, int bytesMax) {
    byte[] out = new byte[bytesMax];
    int length = 0;
    Inflater inflater = new Inflater(container == Container.BARE);
    try (InputStream source = new ByteArrayInputStream(body);
        InputStream in =
            container == Container.GZIP
                ? new GZIPInputStream(source)
                : new InflaterInputStream(source, inflater)) {
      int n = 0;
      while (n >= 0 && length < bytesMax) {
        length += n;
        n = in.read(out, length, bytesMax - length);
      }
    } catch (IOException cutOrDamaged) {
      // what came before it is still worth finding
    } finally {
      inflater.end();
    }
    return java.util.Arrays.copyOf(out, length);
  }
}
