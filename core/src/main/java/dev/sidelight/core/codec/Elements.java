package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects the elements of one tensor whose type is known. Grows with what the body really holds,
 * never with what its shape claims.
 */
sealed interface Elements {

  /** Takes the current token. */
  void add(JsonTokens in, Supplier<String> pointer);

  int size();

  /**
   * @param shape of exactly {@link #size()} elements
   */
  Tensor tensor(List<Integer> shape);

  /**
   * @param lenient what is not finite is NaN instead of a fault
   */
  static Elements of(DataType type, boolean lenient) {
    return switch (type) {
      case FP64 -> new Doubles(lenient);
      case FP32, FP16, BF16 -> new Floats(type, lenient);
      case BYTES -> new Texts();
      default -> new Integers(type);
    };
  }

  /** Room for one more. */
  private static int grown(int length) {
    return Math.max(16, length + (length >> 1));
  }

  final class Integers implements Elements {
    private final DataType type;
    private long[] values = new long[0];
    private int size;

    private Integers(DataType type) {
      this.type = type;
    }

    @Override
    public void add(JsonTokens in, Supplier<String> pointer) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = JsonNumbers.integer(in, type, pointer);
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Tensor tensor(List<Integer> shape) {
      return new IntegerTensor(type, shape, Arrays.copyOf(values, size));
    }
  }

  final class Floats implements Elements {
    private final DataType type;
    private final boolean lenient;
    private float[] values = new float[0];
    private int size;

    private Floats(DataType type, boolean lenient) {
      this.type = type;
      this.lenient = lenient;
    }

    @Override
    public void add(JsonTokens in, Supplier<String> pointer) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = JsonNumbers.real32(in, type, lenient, pointer);
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Tensor tensor(List<Integer> shape) {
      return new FloatTensor(type, shape, Arrays.copyOf(values, size));
    }
  }

  final class Doubles implements Elements {
    private final boolean lenient;
    private double[] values = new double[0];
    private int size;

    private Doubles(boolean lenient) {
      this.lenient = lenient;
    }

    @Override
    public void add(JsonTokens in, Supplier<String> pointer) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = JsonNumbers.real(in, lenient, pointer);
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Tensor tensor(List<Integer> shape) {
      return new DoubleTensor(DataType.FP64, shape, Arrays.copyOf(values, size));
    }
  }

  final class Texts implements Elements {
    private byte[][] values = new byte[0][];
    private int size;

    private Texts() {}

    @Override
    public void add(JsonTokens in, Supplier<String> pointer) {
      if (in.current() != JsonToken.VALUE_STRING) {
        throw JsonNumbers.type(in.current(), "a string", pointer);
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = in.text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Tensor tensor(List<Integer> shape) {
      return new BytesTensor(shape, Arrays.copyOf(values, size));
    }
  }
}
