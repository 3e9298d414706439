package dev.sidelight.logger.embedded;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a body that can be searched: its first 16 KiB, if they are UTF-8. */
final class BodyText {

  static final int BYTES_MAX = 16 << 10;

  /** What stands for bytes that are no UTF-8; itself it takes three. */
  private static final char MALFORMED = '\ufffd';

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(BYTES_MAX);

  /** Folded for {@link Words}; empty for binary bodies. */
  String of(byte @Nullable [] body, @Nullable String encoding) {
    if (body == null || body.length == 0) {
      return "";
    }
    byte[] bytes = Inflate.prefix(body, encoding == null ? "" : encoding, BYTES_MAX);
    String ascii = new String(bytes, StandardCharsets.UTF_8);
    if (ascii.length() == bytes.length && ascii.indexOf(MALFORMED) < 0) {
      return ascii; // the usual case: no byte was part of a longer character, none was replaced
    }
    chars.clear();
    utf8.reset();
    // not the end of input: a character cut at 16 KiB is no error
    CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), chars, false);
    if (result.isError()) {
      return "";
    }
    return Words.folded(chars.flip().toString());
  }
}
