package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * One pass over a JSON text before it is parsed: UTF-8, nesting, and the lengths of numbers,
 * strings and names. Every fault is told with its byte offset, and nothing is allocated, so a
 * hostile text costs no more than reading it. Whether the text is JSON is the parser's business.
 */
final class JsonGuard {

  private final byte[] json;
  private final CodecLimits limits;
  private int at;
  private int depth;
  private int names;
  private int numberChars;

  private JsonGuard(byte[] json, CodecLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  static void check(byte[] json, CodecLimits limits) {
    JsonGuard guard = new JsonGuard(json, limits);
    while (guard.at < json.length) {
      guard.step();
    }
  }

  private void step() {
    byte b = json[at];
    numberChars = isNumberChar(b) ? numberChars + 1 : 0;
    if (numberChars > limits.numberCharsMax()) {
      throw tooLong("json_number_too_long", limits.numberCharsMax(), "characters of a number");
    }
    switch (b) {
      case '{', '[' -> open();
      case '}', ']' -> depth--;
      case ':' -> name();
      case '"' -> {
        string();
        return;
      }
      case 0 -> throw fault("json_syntax", "JSON text in UTF-8", "a zero byte");
      default -> {
        if (b < 0) {
          at += sequence(at);
          return;
        }
      }
    }
    at++;
  }

  private void open() {
    depth++;
    if (depth > limits.jsonDepthMax()) {
      throw tooLong("json_too_deep", limits.jsonDepthMax(), "levels of nesting");
    }
  }

  private void name() {
    names++;
    if (names > limits.namesMax()) {
      throw tooLong("json_too_many_names", limits.namesMax(), "names");
    }
  }

  private void string() {
    int start = ++at;
    while (at < json.length && json[at] != '"') {
      if (json[at] == '\\') {
        at += escape();
      } else if (json[at] < 0) {
        at += sequence(at);
      } else {
        at++;
      }
      if (at - start > limits.stringBytesMax()) {
        throw tooLong("json_string_too_long", limits.stringBytesMax(), "bytes of a string");
      }
    }
    at++; // the closing quote
  }

  /** Bytes of the escape at the cursor; surrogates must come in pairs. */
  private int escape() {
    int unit = unit(at);
    if (unit < 0 || !Character.isSurrogate((char) unit)) {
      return unit < 0 ? 2 : 6;
    }
    int low = Character.isHighSurrogate((char) unit) ? unit(at + 6) : -1;
    if (low < 0 || !Character.isLowSurrogate((char) low)) {
      throw fault("utf8_invalid", "surrogates in pairs", "a lone surrogate");
    }
    return 12;
  }

  /** The code unit of a backslash-u escape; -1 where there is none. */
  private int unit(int from) {
    if (from + 6 > json.length || json[from] != '\\' || json[from + 1] != 'u') {
      return -1;
    }
    try {
      return Integer.parseUnsignedInt(new String(json, from + 2, 4, US_ASCII), 16);
    } catch (NumberFormatException _) {
      return -1; // the parser will say so
    }
  }

  /** Length of the multi-byte sequence (Unicode 16, table 3-7). */
  private int sequence(int from) {
    int lead = json[from] & 0xff;
    int length = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) == 0xe0 ? 3 : 4;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    boolean valid = lead >= 0xc2 && lead <= 0xf4 && from + length <= json.length;
    for (int i = 1; valid && i < length; i++) {
      int next = json[from + i] & 0xff;
      valid = i == 1 ? next >= low && next <= high : (next & 0xc0) == 0x80;
    }
    if (!valid) {
      throw fault("utf8_invalid", "UTF-8", "an invalid sequence");
    }
    return length;
  }

  private static boolean isNumberChar(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  private CodecException tooLong(String code, long limit, String what) {
    return new CodecException(
        code,
        "",
        "at most " + limit + " " + what,
        "more at byte offset " + at,
        "more than %d %s at byte offset %d".formatted(limit, what, at));
  }

  private CodecException fault(String code, String expected, String found) {
    return new CodecException(
        code,
        "",
        expected,
        found + " at byte offset " + at,
        "%s at byte offset %d".formatted(found, at));
  }
}
