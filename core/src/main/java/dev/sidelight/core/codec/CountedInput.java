package dev.sidelight.core.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read on beyond a number of bytes. */
final class CountedInput extends FilterInputStream {

  private final long bytesMax;
  private long bytes;

  CountedInput(InputStream in, long bytesMax) {
    super(in);
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int n = super.read(to, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int n) {
    bytes += n;
    if (bytes > bytesMax) {
      throw new CodecException(
          "body_too_large",
          "",
          "<= " + bytesMax + " bytes",
          "more",
          "the file has more than %d bytes".formatted(bytesMax));
    }
  }
}
