package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of one guarded JSON text. Faults of the text come out as {@link CodecException}; what
 * stood in the text is never quoted.
 */
final class JsonTokens {

  /*
   * The guard has already enforced the configured limits, so the parser's own are only kept out of
   * the way. Names are not interned: they are the caller's.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxNumberLength(1 << 20)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] json;
  private final JsonParser parser;

  private JsonTokens(byte[] json, int from) {
    this.json = json;
    try {
      this.parser = FACTORY.createParser(json, from, json.length - from);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // reads an array
    }
  }

  /** Checks the text against the limits and stands before its first token. */
  static JsonTokens open(byte[] json, CodecLimits limits) {
    JsonGuard.check(json, limits);
    return new JsonTokens(json, 0);
  }

  /** Stands on the first token of a value of this text, at an offset told by {@link #offset}. */
  JsonTokens again(int offset) {
    JsonTokens again = new JsonTokens(json, offset);
    again.next();
    return again;
  }

  /** Moves on; a text that ends here is a fault. */
  JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw syntax(parser.currentLocation());
      }
      return token;
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing may follow the document. */
  void end() {
    try {
      if (parser.nextToken() != null) {
        throw syntax(parser.currentTokenLocation());
      }
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonToken current() {
    return parser.currentToken();
  }

  /** The member name, the string, or the number as it is written. */
  String text() {
    try {
      return parser.getText();
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The number rounded once; NaN and Infinity where the text says so or the number is too large.
   */
  double doubleValue() {
    try {
      return parser.getDoubleValue();
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #doubleValue}, rounded once to FP32. */
  float floatValue() {
    try {
      return parser.getFloatValue();
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Offset of the current token in the text. */
  int offset() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /** Stays on the last token of the current value. */
  void skip() {
    try {
      parser.skipChildren();
      parser.finishToken();
    } catch (JacksonException e) {
      throw fault(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The current value exactly as it is written; stays on its last token. */
  String raw() {
    int from = offset();
    skip();
    if (parser.currentToken().isNumeric()) {
      return text();
    }
    int to = Math.toIntExact(parser.currentLocation().getByteOffset());
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }

  private static CodecException fault(JacksonException e) {
    // the parser has one exception for all faults and no code; its words for this one are stable
    String message = e.getOriginalMessage();
    if (message != null && message.startsWith("Duplicate")) {
      JsonLocation where = e.getLocation();
      return new CodecException(
          "json_duplicate_key",
          "",
          "every name once",
          "a name twice",
          "a name stands twice in one object, line %d, column %d"
              .formatted(where.getLineNr(), where.getColumnNr()));
    }
    return syntax(e.getLocation());
  }

  static CodecException syntax(JsonLocation where) {
    String place = "line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    return new CodecException("json_syntax", "", "JSON", place, "not JSON at " + place);
  }
}
