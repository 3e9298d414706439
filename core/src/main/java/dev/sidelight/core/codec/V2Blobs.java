package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The raw tensors behind the JSON head of a V2 body, in the order of the tensors that point to them
 * (the binary tensor data extension of the Open Inference Protocol): little-endian, row-major;
 * BYTES elements with 4 bytes of length each; BF16 the upper half of an FP32. Sizes are held
 * against what is there before anything is allocated.
 */
final class V2Blobs {

  private final ByteBuffer left;
  private final boolean announced;
  private final int stringBytesMax;

  private V2Blobs(ByteBuffer left, boolean announced, int stringBytesMax) {
    this.left = left.order(ByteOrder.LITTLE_ENDIAN);
    this.announced = announced;
    this.stringBytesMax = stringBytesMax;
  }

  /**
   * @param head the JSON text
   */
  record Parts(byte[] head, V2Blobs blobs) {}

  /**
   * Takes a body apart where its header field says so; without the field all of it is JSON.
   *
   * @throws CodecException {@code binary_header_invalid}, {@code payload_unsupported}
   */
  static Parts split(Body body, CodecLimits limits) {
    byte[] plain = BodyInflater.inflate(body, limits);
    String length = body.jsonLength().strip();
    if (length.isEmpty()) {
      return new Parts(plain, new V2Blobs(ByteBuffer.allocate(0), false, limits.stringBytesMax()));
    }
    if (!length.matches("[0-9]{1,10}") || Long.parseLong(length) > plain.length) {
      throw fault(
          "binary_header_invalid",
          "",
          "Inference-Header-Content-Length in [0, " + plain.length + "]",
          length.matches("[0-9]{1,20}") ? length : "no number");
    }
    int json = Integer.parseInt(length);
    if (json == 0) {
      throw fault(
          "payload_unsupported", "", "a JSON head that names the tensors", "raw bytes alone");
    }
    ByteBuffer raw = ByteBuffer.wrap(plain, json, plain.length - json).slice();
    return new Parts(Arrays.copyOf(plain, json), new V2Blobs(raw, true, limits.stringBytesMax()));
  }

  /**
   * The next tensor.
   *
   * @param size {@code binary_data_size} as it is written
   * @param shape whose product fits
   * @param lenient what is not finite is NaN instead of a fault
   */
  Tensor next(DataType type, List<Integer> shape, String size, String pointer, boolean lenient) {
    String where = pointer + "/parameters/binary_data_size";
    if (!announced) {
      throw fault(
          "binary_header_missing", where, "Inference-Header-Content-Length", "no such header");
    }
    if (!size.matches("[0-9]{1,10}")) {
      throw fault("value_type", where, "a size in bytes", "another value");
    }
    long bytes = Long.parseLong(size);
    if (bytes > left.remaining()) {
      throw fault(
          "binary_size_mismatch", where, bytes + " bytes", left.remaining() + " bytes behind it");
    }
    int elements = 1;
    for (int dimension : shape) {
      elements = Math.multiplyExact(elements, dimension);
    }
    if (type != DataType.BYTES && bytes != (long) elements * type.bytes()) {
      throw fault(
          "binary_size_mismatch",
          where,
          (long) elements * type.bytes() + " bytes for " + elements + " of " + type,
          bytes + " bytes");
    }
    ByteBuffer blob = left.slice(left.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    left.position(left.position() + (int) bytes);
    return switch (type) {
      case FP64 -> new DoubleTensor(type, shape, doubles(blob, elements, pointer, lenient));
      case FP32, FP16, BF16 ->
          new FloatTensor(type, shape, floats(blob, type, elements, pointer, lenient));
      case BYTES -> new BytesTensor(shape, texts(blob, elements, where));
      default -> new IntegerTensor(type, shape, integers(blob, type, elements, pointer));
    };
  }

  private static double[] doubles(ByteBuffer blob, int n, String pointer, boolean lenient) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double value = blob.getDouble();
      values[i] = Double.isFinite(value) ? value : (double) notFinite(pointer, lenient);
    }
    return values;
  }

  private static float[] floats(
      ByteBuffer blob, DataType type, int n, String pointer, boolean lenient) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      float value =
          switch (type) {
            case FP16 -> Float.float16ToFloat(blob.getShort());
            case BF16 -> Float.intBitsToFloat(blob.getShort() << 16);
            default -> blob.getFloat();
          };
      values[i] = Float.isFinite(value) ? value : notFinite(pointer, lenient);
    }
    return values;
  }

  private static float notFinite(String pointer, boolean lenient) {
    if (lenient) {
      return Float.NaN;
    }
    throw fault("number_not_finite", pointer, "finite numbers", "one that is not");
  }

  private static long[] integers(ByteBuffer blob, DataType type, int n, String pointer) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (type) {
            case INT8 -> blob.get();
            case INT16 -> blob.getShort();
            case INT32 -> blob.getInt();
            case UINT16 -> blob.getShort() & 0xffff;
            case UINT32 -> blob.getInt() & 0xffff_ffffL;
            case INT64, UINT64 -> blob.getLong();
            default -> blob.get() & 0xff;
          };
      if (type == DataType.BOOL && values[i] > 1) {
        throw fault("value_out_of_range", pointer, "bytes 0 and 1", "another byte");
      }
    }
    return values;
  }

  private byte[][] texts(ByteBuffer blob, int n, String where) {
    if (blob.remaining() < (long) n * Integer.BYTES) {
      throw fault("binary_size_mismatch", where, n + " lengths", blob.remaining() + " bytes");
    }
    byte[][] values = new byte[n][];
    for (int i = 0; i < n; i++) {
      long length = blob.remaining() < Integer.BYTES ? Long.MAX_VALUE : length(blob);
      if (length > blob.remaining()) {
        throw fault(
            "binary_size_mismatch", where, n + " elements", "an element that ends behind them");
      }
      if (length > stringBytesMax) {
        throw fault("string_too_long", where, "<= " + stringBytesMax + " bytes", length + " bytes");
      }
      values[i] = new byte[(int) length];
      blob.get(values[i]);
    }
    if (blob.hasRemaining()) {
      throw fault("binary_size_mismatch", where, n + " elements", blob.remaining() + " bytes more");
    }
    return values;
  }

  private static long length(ByteBuffer blob) {
    return blob.getInt() & 0xffff_ffffL;
  }

  /** Nothing may follow the last tensor. */
  void end() {
    if (left.hasRemaining()) {
      throw fault(
          "binary_size_mismatch",
          "",
          "no bytes behind the last tensor",
          left.remaining() + " bytes");
    }
  }

  private static CodecException fault(String code, String pointer, String expected, String found) {
    return new CodecException(
        code,
        pointer,
        expected,
        found,
        "%s: expected %s, found %s"
            .formatted(pointer.isEmpty() ? "body" : pointer, expected, found));
  }
}
