package dev.sidelight.core.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of attribute values in HTTP headers (CloudEvents HTTP binding 3.1.3.2). */
final class PercentText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentText() {}

  /** Space, quote, percent and everything outside U+0021..U+007E as UTF-8 bytes. */
  static String encode(String text) {
    return encode(text, "\"%");
  }

  /** One segment of a URI path. */
  static String segment(String text) {
    return encode(text, "\"%/?#<>[]\\^`{|}");
  }

  private static String encode(String text, String also) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0x20 && b < 0x7f && also.indexOf(b) < 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /**
   * The text a header value stands for. JSON that shows its quotes, a percent sign without two
   * digits and what is not UTF-8 afterwards stay as they are: senders do not all encode.
   */
  static String decode(String value) {
    boolean json = value.startsWith("{") || value.startsWith("[");
    boolean encodedJson = value.indexOf('"') < 0 && value.contains("%22");
    if (value.indexOf('%') < 0 || (json && !encodedJson)) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.put(bytes[i]);
        continue;
      }
      if (i + 2 >= bytes.length
          || !HexFormat.isHexDigit(bytes[i + 1])
          || !HexFormat.isHexDigit(bytes[i + 2])) {
        return value;
      }
      int high = HexFormat.fromHexDigit(bytes[i + 1]);
      decoded.put((byte) ((high << 4) | HexFormat.fromHexDigit(bytes[i + 2])));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException _) {
      return value;
    }
  }
}
