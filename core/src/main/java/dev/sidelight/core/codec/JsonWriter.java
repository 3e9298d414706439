package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes JSON into memory. Numbers are the shortest that read back equal; NaN is null. */
final class JsonWriter {

  /** What writes with a generator. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator to) throws IOException;
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
      content.write(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writes an array
    }
    return bytes.toByteArray();
  }

  /** Element {@code column} of row {@code row}. */
  static void element(JsonGenerator to, Tensor tensor, int row, int column) throws IOException {
    switch (tensor) {
      case IntegerTensor t -> integer(to, t.type(), t.value(row, column));
      case FloatTensor t -> {
        float value = t.value(row, column);
        if (Float.isFinite(value)) {
          to.writeNumber(value);
        } else {
          to.writeNull();
        }
      }
      case DoubleTensor t -> {
        double value = t.value(row, column);
        if (Double.isFinite(value)) {
          to.writeNumber(value);
        } else {
          to.writeNull();
        }
      }
      case BytesTensor t -> {
        byte[] text = t.value(row, column);
        to.writeString(new String(text, StandardCharsets.UTF_8));
      }
    }
  }

  private static void integer(JsonGenerator to, DataType type, long value) throws IOException {
    if (type == DataType.BOOL) {
      to.writeBoolean(value != 0);
    } else if (type == DataType.UINT64 && value < 0) {
      to.writeNumber(new BigInteger(Long.toUnsignedString(value)));
    } else {
      to.writeNumber(value);
    }
  }
}
