package dev.sidelight.core.codec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of bytes; blank ones are passed over, but counted. */
final class LineReader {

  private final InputStream in;
  private final long lineBytesMax;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  LineReader(InputStream in, long lineBytesMax) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.lineBytesMax = lineBytesMax;
  }

  /** The next line that is not blank, without its end; empty at the end of the file. */
  byte[] next() throws IOException {
    while (true) {
      line.reset();
      boolean blank = true;
      int b = in.read();
      if (b < 0) {
        return new byte[0];
      }
      number++;
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() == lineBytesMax) {
          throw new CodecException(
              "body_too_large",
              "",
              "<= " + lineBytesMax + " bytes",
              "more",
              "line %d has more than %d bytes".formatted(number, lineBytesMax));
        }
        line.write(b);
        blank &= b <= ' ';
      }
      if (!blank) {
        return line.toByteArray();
      }
    }
  }

  /** Number of the line given last, from 1. */
  long number() {
    return number;
  }
}
