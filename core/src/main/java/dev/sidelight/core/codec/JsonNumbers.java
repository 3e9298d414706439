package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.DataType;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Supplier;

/** One JSON token as an element of a tensor: exact, or refused. */
final class JsonNumbers {

  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** Shorter texts surely fit a long. */
  private static final int LONG_CHARS_MAX = 18;

  /** Longer texts cannot be integers of 64 bits. */
  private static final int INTEGER_CHARS_MAX = 20;

  /** Up to here every integral double is one integer: 2^53. */
  private static final double EXACT_MAX = 0x1.0p53;

  private JsonNumbers() {}

  /**
   * {@code null} is NaN: a missing value.
   *
   * @param lenient answers: what is not finite is NaN instead of a fault
   */
  static double real(JsonTokens in, boolean lenient, Supplier<String> pointer) {
    JsonToken token = in.current();
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    if (!token.isNumeric()) {
      throw type(token, "a number", pointer);
    }
    double value = in.doubleValue();
    return finite(value, lenient, pointer);
  }

  /** As {@link #real}, rounded once, to FP32 or FP16. */
  static float real32(JsonTokens in, DataType type, boolean lenient, Supplier<String> pointer) {
    JsonToken token = in.current();
    if (token == JsonToken.VALUE_NULL) {
      return Float.NaN;
    }
    if (!token.isNumeric()) {
      throw type(token, "a number", pointer);
    }
    float value = in.floatValue();
    if (type == DataType.FP16) {
      value = Float.float16ToFloat(Float.floatToFloat16(value));
    }
    return (float) finite(value, lenient, pointer);
  }

  private static double finite(double value, boolean lenient, Supplier<String> pointer) {
    if (Double.isFinite(value)) {
      return value;
    }
    if (lenient) {
      return Double.NaN;
    }
    throw new CodecException(
        "number_not_finite",
        pointer.get(),
        "a finite number",
        "a number that is not finite in this type",
        "the number at " + pointer.get() + " is not finite");
  }

  /** An element of BOOL or of an integer type, as {@code IntegerTensor} keeps it. */
  static long integer(JsonTokens in, DataType type, Supplier<String> pointer) {
    JsonToken token = in.current();
    if (type == DataType.BOOL && token.isBoolean()) {
      return token == JsonToken.VALUE_TRUE ? 1 : 0;
    }
    if (!token.isNumeric()) {
      throw type(token, type == DataType.BOOL ? "true or false" : "an integer", pointer);
    }
    String text = in.text();
    if (token == JsonToken.VALUE_NUMBER_INT && text.length() <= LONG_CHARS_MAX) {
      long value = Long.parseLong(text);
      boolean above = type != DataType.UINT64 && value > max(type).longValue();
      if (above || value < min(type).longValue()) {
        throw outOfRange(type, pointer);
      }
      return value;
    }
    if (text.length() > INTEGER_CHARS_MAX && token == JsonToken.VALUE_NUMBER_INT) {
      throw outOfRange(type, pointer);
    }
    BigInteger value =
        token == JsonToken.VALUE_NUMBER_INT ? new BigInteger(text) : integral(in, pointer);
    if (value.compareTo(min(type)) < 0 || value.compareTo(max(type)) > 0) {
      throw outOfRange(type, pointer);
    }
    return value.longValue();
  }

  /** 3.0 is the integer 3; 3.5 is none. */
  private static BigInteger integral(JsonTokens in, Supplier<String> pointer) {
    double value = in.doubleValue();
    if (!(Math.abs(value) <= EXACT_MAX) || value != Math.rint(value)) {
      throw new CodecException(
          "value_not_integral",
          pointer.get(),
          "an integer",
          "another number",
          "the value at " + pointer.get() + " is not an integer");
    }
    return BigInteger.valueOf((long) value);
  }

  private static BigInteger min(DataType type) {
    return switch (type) {
      case INT64 -> LONG_MIN;
      case INT8, INT16, INT32 -> BigInteger.ONE.shiftLeft(8 * type.bytes() - 1).negate();
      default -> BigInteger.ZERO;
    };
  }

  private static BigInteger max(DataType type) {
    return switch (type) {
      case BOOL -> BigInteger.ONE;
      case INT64 -> LONG_MAX;
      case INT8, INT16, INT32 ->
          BigInteger.ONE.shiftLeft(8 * type.bytes() - 1).subtract(BigInteger.ONE);
      default -> BigInteger.ONE.shiftLeft(8 * type.bytes()).subtract(BigInteger.ONE);
    };
  }

  private static CodecException outOfRange(DataType type, Supplier<String> pointer) {
    return new CodecException(
        "value_out_of_range",
        pointer.get(),
        "%s..%s".formatted(min(type), max(type)),
        "a value outside",
        "the value at %s does not fit %s".formatted(pointer.get(), type));
  }

  static CodecException type(JsonToken token, String expected, Supplier<String> pointer) {
    return new CodecException(
        "value_type",
        pointer.get(),
        expected,
        word(token),
        "%s should hold %s, found %s".formatted(pointer.get(), expected, word(token)));
  }

  /** What kind of value begins with a token. */
  static String word(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> token.name().toLowerCase(Locale.ROOT);
    };
  }
}
