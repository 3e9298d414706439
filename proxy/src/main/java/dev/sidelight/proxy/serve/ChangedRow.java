package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row with some of its values as somebody typed them. The wire types stay. */
final class ChangedRow {

  private ChangedRow() {}

  /**
   * @param row one row
   * @param changes text by column
   * @throws ServeException {@code parameter_range} for a text that is no value of its column
   */
  static Instances of(Instances row, Map<Integer, String> changes) {
    List<NamedTensor> tensors = new ArrayList<>();
    int first = 0;
    for (NamedTensor named : row.tensors()) {
      Tensor tensor = named.tensor();
      for (int c = 0; c < tensor.width(); c++) {
        String text = changes.get(first + c);
        if (text != null) {
          tensor = changed(tensor, c, text);
        }
      }
      first += tensor.width();
      tensors.add(new NamedTensor(named.name(), tensor));
    }
    return new Instances(tensors);
  }

  private static Tensor changed(Tensor tensor, int column, String text) {
    try {
      return switch (tensor) {
        case BytesTensor bytes -> {
          byte[][] values = bytes.values().clone();
          values[column] = text.getBytes(StandardCharsets.UTF_8);
          yield new BytesTensor(bytes.shape(), values);
        }
        case DoubleTensor doubles -> {
          double[] values = doubles.values().clone();
          values[column] = real(text);
          yield new DoubleTensor(doubles.type(), doubles.shape(), values);
        }
        case FloatTensor floats -> {
          float[] values = floats.values().clone();
          values[column] = real32(text, floats.type());
          yield new FloatTensor(floats.type(), floats.shape(), values);
        }
        case IntegerTensor whole -> {
          long[] values = whole.values().clone();
          values[column] = whole(text.strip(), whole.type());
          yield new IntegerTensor(whole.type(), whole.shape(), values);
        }
      };
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(tensor, column);
    }
  }

  /** Without the text: it is somebody's data. */
  private static ServeException refused(Tensor tensor, int column) {
    return ServeException.of("parameter_range", "this is no value of type " + tensor.type())
        .at("/column/" + column, "a value of type " + tensor.type(), "another text");
  }

  /** A missing value is one where the row may have it; an infinity is none of JSON's. */
  private static double real(String text) {
    double value = Double.parseDouble(text.strip());
    if (Double.isInfinite(value)) {
      throw new ArithmeticException("infinite");
    }
    return value;
  }

  /** The nearest one of the type. */
  private static float real32(String text, DataType type) {
    float value = Float.parseFloat(text.strip());
    float held =
        switch (type) {
          case FP16 -> Float.float16ToFloat(Float.floatToFloat16(value));
          case BF16 -> Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
          default -> value;
        };
    if (Float.isInfinite(held)) {
      throw new ArithmeticException("infinite");
    }
    return held;
  }

  private static long whole(String text, DataType type) {
    if (type == DataType.BOOL) {
      return switch (text) {
        case "true", "1" -> 1;
        case "false", "0" -> 0;
        default -> throw new NumberFormatException("no truth value");
      };
    }
    if (type == DataType.UINT64) {
      return Long.parseUnsignedLong(text);
    }
    long value = Long.parseLong(text);
    boolean signed = type.name().startsWith("INT");
    int bits = 8 * type.bytes() - (signed ? 1 : 0);
    long most = bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    if (value > most || value < (signed ? -most - 1 : 0)) {
      throw new ArithmeticException("out of range");
    }
    return value;
  }
}
