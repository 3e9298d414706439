package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunk's size line, and before it the line end that closes the chunk before (RFC 9112
 * section 7.1), a byte at a time. Well-formed extensions are passed over.
 */
final class ChunkLine {

  private enum At {
    DATA_CR,
    DATA_LF,
    SIZE,
    EXTENSION,
    LINE_LF,
    DONE
  }

  private static final int DIGITS_MAX = 8;
  private static final int EXTENSION_BYTES_MAX = 256;

  private final ChunkExtension extension = new ChunkExtension();
  private At state = At.SIZE;
  private int digits;
  private long size;
  private int extensionBytes;

  void begin(boolean afterData) {
    state = afterData ? At.DATA_CR : At.SIZE;
    digits = 0;
    size = 0;
    extensionBytes = 0;
  }

  boolean isDone() {
    return state == At.DONE;
  }

  long size() {
    return size;
  }

  @Nullable Refusal read(ByteBuf in) {
    while (state != At.DONE && in.isReadable()) {
      String fault = step(in.readByte());
      if (fault != null) {
        return Refusal.chunk(fault);
      }
    }
    return null;
  }

  /** Returns what is wrong with {@code b}, or null. */
  private @Nullable String step(int b) {
    return switch (state) {
      case DATA_CR -> expect(b, Octets.CR, At.DATA_LF);
      case DATA_LF -> expect(b, Octets.LF, At.SIZE);
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case LINE_LF -> expect(b, Octets.LF, At.DONE);
      case DONE -> throw new IllegalStateException();
    };
  }

  private @Nullable String expect(int b, int wanted, At next) {
    if (b != wanted) {
      return next == At.DONE ? "CR without LF" : "a chunk's data does not end with CR LF";
    }
    state = next;
    return null;
  }

  private @Nullable String size(int b) {
    int digit = Octets.hex(b);
    if (digit >= 0) {
      size = (size << 4) | digit;
      digits++;
      return digits > DIGITS_MAX || size > Integer.MAX_VALUE ? "the size exceeds 2^31-1" : null;
    }
    if (digits == 0 || (b != Octets.CR && b != ';')) {
      return "the size is not hexadecimal digits up to the line's end";
    }
    if (b == ';') {
      state = At.EXTENSION;
      extension.begin();
      return null;
    }
    state = At.LINE_LF;
    return null;
  }

  private @Nullable String extension(int b) {
    if (b == Octets.CR) {
      state = At.LINE_LF;
      return extension.mayEnd() ? null : "a malformed extension";
    }
    if (++extensionBytes >= EXTENSION_BYTES_MAX) { // the semicolon counts
      return "an extension exceeds 256 bytes";
    }
    return extension.takes(b) ? null : "a malformed extension";
  }
}
