package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.Side;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The words of an exchange that can be searched: the first 16 KiB of each body that is UTF-8. */
final class BodyText {

  static final int BYTES_MAX = 16 << 10;

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(BYTES_MAX);

  String of(Side request, byte[] requestBody, Side response, byte[] responseBody) {
    String first = text(requestBody, request.contentEncoding());
    String second = text(responseBody, response.contentEncoding());
    if (first.isEmpty() || second.isEmpty()) {
      return first + second;
    }
    return first + "\n" + second;
  }

  /** Empty for binary bodies. */
  String text(byte[] body, String encoding) {
    if (body.length == 0) {
      return "";
    }
    byte[] bytes = Inflate.prefix(body, encoding, BYTES_MAX);
    chars.clear();
    utf8.reset();
    // not the end of input: a character cut at 16 KiB is no error
    CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), chars, false);
    if (result.isError()) {
      return "";
    }
    return chars.flip().toString().replace('\0', ' ');
  }
}
