package dev.sidelight.core.tensor;

import java.nio.charset.StandardCharsets;

/** One element in another wire type, exactly or with an {@link ArithmeticException}. */
final class Wire {

  private static final double LONG_EDGE = 0x1p63;

  private Wire() {}

  static long integer(Tensor from, int row, int column, DataType to) {
    long value;
    boolean unsigned = false;
    switch (from) {
      case IntegerTensor t -> {
        value = t.value(row, column);
        unsigned = t.type() == DataType.UINT64;
      }
      case BytesTensor _ -> throw new ArithmeticException("a text where the model takes " + to);
      default -> {
        double number = from.number(row, column);
        if (number != Math.rint(number) || !(Math.abs(number) < LONG_EDGE)) {
          throw new ArithmeticException("the model takes " + to + ", not a fraction");
        }
        value = (long) number;
      }
    }
    if (!fits(value, unsigned, to)) {
      throw new ArithmeticException("the value does not fit " + to);
    }
    return value;
  }

  private static boolean fits(long value, boolean unsigned, DataType to) {
    boolean huge = unsigned && value < 0;
    return switch (to) {
      case UINT64 -> unsigned || value >= 0;
      case INT64 -> !huge;
      case BOOL -> value == 0 || value == 1;
      case UINT8, UINT16, UINT32 -> !huge && value >= 0 && value < 1L << (8 * to.bytes());
      default -> {
        long edge = 1L << (8 * to.bytes() - 1);
        yield !huge && value >= -edge && value < edge;
      }
    };
  }

  static double real(Tensor from, int row, int column) {
    if (from instanceof BytesTensor) {
      throw new ArithmeticException("a text where the model takes a number");
    }
    return from.number(row, column);
  }

  static float real32(Tensor from, int row, int column, DataType to) {
    if (from instanceof BytesTensor) {
      throw new ArithmeticException("a text where the model takes a number");
    }
    double number = from.number(row, column);
    float value = (float) number;
    if (to == DataType.FP16) {
      value = Float.float16ToFloat(Float.floatToFloat16(value));
    } else if (to == DataType.BF16) {
      value = bfloat16(value);
    }
    if (Double.isFinite(number) && !Float.isFinite(value)) {
      throw new ArithmeticException("the value does not fit " + to);
    }
    return value;
  }

  /** Rounds to the nearest BF16, ties to even. */
  private static float bfloat16(float value) {
    if (Float.isNaN(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7fff + ((bits >>> 16) & 1);
    return Float.intBitsToFloat(rounded & 0xffff0000);
  }

  static byte[] text(Tensor from, int row, int column) {
    if (from instanceof BytesTensor t) {
      return t.value(row, column);
    }
    return from.text(row, column).getBytes(StandardCharsets.UTF_8);
  }
}
