package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one element of {@code inputs} or {@code outputs}. Its members may stand in any order; where
 * {@code data} comes before {@code datatype} it is passed over and read afterwards. A tensor with a
 * {@code binary_data_size} has its elements behind the JSON text and no {@code data}.
 */
final class V2Tensor {

  private static final String BINARY_SIZE = "binary_data_size";

  /**
   * @param parameters raw JSON by name, without the size of raw bytes
   */
  record Read(NamedTensor tensor, Map<String, String> parameters) {}

  private final JsonTokens in;
  private final String pointer;
  private final CodecLimits limits;
  private final boolean lenient;
  private final V2Blobs blobs;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private Optional<String> name = Optional.empty();
  private Optional<DataType> type = Optional.empty();
  private List<Integer> shape = List.of();
  private Optional<Elements> elements = Optional.empty();
  private int dataOffset = -1;

  V2Tensor(JsonTokens in, String pointer, CodecLimits limits, boolean lenient, V2Blobs blobs) {
    this.in = in;
    this.blobs = blobs;
    this.pointer = pointer;
    this.limits = limits;
    this.lenient = lenient;
  }

  /** Reads the current object to its closing brace. */
  Read read() {
    JsonObjects.members(in, pointer, this::member);
    DataType known = type.orElseThrow(() -> missing("datatype"));
    if (shape.isEmpty()) {
      throw missing("shape");
    }
    String called = name.orElseThrow(() -> missing("name"));
    String size = parameters.remove(BINARY_SIZE);
    if (size != null) {
      return new Read(new NamedTensor(called, raw(known, size)), parameters);
    }
    if (elements.isEmpty() && dataOffset >= 0) {
      elements = Optional.of(data(in.again(dataOffset), known));
    }
    Elements all = elements.orElseThrow(() -> missing("data"));
    long expected = 1;
    for (int dimension : shape) {
      expected *= dimension; // V2Shape saw that it fits
    }
    if (all.size() != expected) {
      throw new CodecException(
          "shape_mismatch",
          pointer + "/data",
          Long.toString(expected),
          Integer.toString(all.size()),
          "%s has shape %s but %d values".formatted(place(), shape, all.size()));
    }
    return new Read(new NamedTensor(called, all.tensor(shape)), parameters);
  }

  private Tensor raw(DataType known, String size) {
    if (elements.isPresent() || dataOffset >= 0) {
      throw new CodecException(
          "data_twice",
          pointer + "/data",
          "data or raw bytes",
          "both",
          "%s has both data and a binary_data_size".formatted(place()));
    }
    return blobs.next(known, shape, size, pointer, lenient);
  }

  private void member(String member) {
    switch (member) {
      case "name" -> {
        if (in.current() != JsonToken.VALUE_STRING) {
          throw JsonNumbers.type(in.current(), "a string", () -> pointer + "/name");
        }
        name = Optional.of(in.text());
      }
      case "datatype" -> type = Optional.of(type());
      case "shape" -> shape = V2Shape.read(in, pointer + "/shape", limits);
      case "parameters" -> parameters.putAll(JsonObjects.raw(in, pointer + "/parameters"));
      case "data" -> {
        if (type.isPresent()) {
          elements = Optional.of(data(in, type.get()));
        } else {
          dataOffset = in.offset();
          in.skip();
        }
      }
      default -> in.skip();
    }
  }

  private Elements data(JsonTokens from, DataType known) {
    if (known == DataType.BF16) {
      throw typeFault("datatype_unsupported", "a type that JSON can carry", "BF16");
    }
    Elements read = Elements.of(known, lenient);
    new JsonNested(pointer + "/data", limits.elementsMax()).read(from, read);
    return read;
  }

  private DataType type() {
    String word = in.current() == JsonToken.VALUE_STRING ? in.text() : "";
    for (DataType known : DataType.values()) {
      if (known.name().equals(word)) {
        return known;
      }
    }
    boolean quotable = word.matches("[A-Za-z0-9_]{1,16}");
    throw typeFault("datatype_unknown", "BOOL, INT64, FP32, ...", quotable ? word : "another word");
  }

  private CodecException typeFault(String code, String expected, String found) {
    String where = pointer + "/datatype";
    return new CodecException(
        code, where, expected, found, "%s: %s is not %s".formatted(where, found, expected));
  }

  private CodecException missing(String member) {
    return JsonObjects.missing(pointer + "/" + member, "the tensor's " + member);
  }

  /** {@code /inputs/0} as people write it: {@code inputs[0]}. */
  private String place() {
    return pointer.substring(1).replaceFirst("/(\\d+)$", "[$1]");
  }
}
