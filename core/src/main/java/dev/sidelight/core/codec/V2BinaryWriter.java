package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a V2 request whose tensors are raw bytes behind the JSON text. */
final class V2BinaryWriter {

  private static final String BINARY_OUTPUT = "binary_data_output";

  private V2BinaryWriter() {}

  /**
   * @param answerToo asks for raw outputs too, unless the envelope has its own word for it
   */
  static Body request(
      Instances rows, V2Envelope envelope, String id, boolean synthetic, boolean answerToo) {
    Map<String, String> parameters = new LinkedHashMap<>(envelope.parameters());
    if (answerToo) {
      parameters.putIfAbsent(BINARY_OUTPUT, "true");
    }
    if (synthetic) {
      parameters.putAll(V2Writer.MARKS);
    }
    byte[] head =
        V2Writer.request(
            rows,
            envelope,
            id,
            parameters,
            (to, tensor, own) -> {
              Map<String, String> sized = new LinkedHashMap<>(own);
              sized.put("binary_data_size", Integer.toString(size(tensor)));
              V2Writer.raw(to, "parameters", sized);
            });
    int size = head.length;
    for (NamedTensor named : rows.tensors()) {
      size = Math.addExact(size, size(named.tensor()));
    }
    ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(head);
    for (NamedTensor named : rows.tensors()) {
      put(named.tensor(), body);
    }
    return new Body(body.array(), "application/octet-stream", "", Integer.toString(head.length));
  }

  private static int size(Tensor tensor) {
    if (!(tensor instanceof BytesTensor texts)) {
      int elements = Math.multiplyExact(tensor.rows(), tensor.width());
      return Math.multiplyExact(elements, tensor.type().bytes());
    }
    int size = 0;
    for (byte[] text : texts.values()) {
      size = Math.addExact(size, Integer.BYTES + text.length);
    }
    return size;
  }

  private static void put(Tensor tensor, ByteBuffer to) {
    switch (tensor) {
      case DoubleTensor doubles -> {
        for (double value : doubles.values()) {
          to.putDouble(value);
        }
      }
      case FloatTensor floats -> {
        for (float value : floats.values()) {
          put(value, floats.type(), to);
        }
      }
      case IntegerTensor integers -> {
        for (long value : integers.values()) {
          put(value, integers.type().bytes(), to);
        }
      }
      case BytesTensor texts -> {
        for (byte[] text : texts.values()) {
          to.putInt(text.length).put(text);
        }
      }
    }
  }

  private static void put(float value, DataType type, ByteBuffer to) {
    switch (type) {
      case FP16 -> to.putShort(Float.floatToFloat16(value));
      case BF16 -> to.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      default -> to.putFloat(value);
    }
  }

  private static void put(long bits, int bytes, ByteBuffer to) {
    for (int i = 0; i < bytes; i++) {
      to.put((byte) (bits >>> (8 * i)));
    }
  }
}
