package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;

/** The {@code shape} member of a V2 tensor, judged before any value is counted. */
final class V2Shape {

  private V2Shape() {}

  /** Reads the current list of dimensions. */
  static List<Integer> read(JsonTokens in, String pointer, CodecLimits limits) {
    if (in.current() != JsonToken.START_ARRAY) {
      throw JsonNumbers.type(in.current(), "a list", () -> pointer);
    }
    List<Long> shape = new ArrayList<>();
    while (in.next() != JsonToken.END_ARRAY) {
      shape.add(dimension(in, pointer + "/" + shape.size()));
      if (shape.size() > limits.rankMax()) {
        throw fault("rank_too_high", pointer, "rank <= " + limits.rankMax(), "a higher rank");
      }
    }
    return checked(shape, pointer, limits);
  }

  private static long dimension(JsonTokens in, String pointer) {
    if (in.current() != JsonToken.VALUE_NUMBER_INT) {
      throw JsonNumbers.type(in.current(), "an integer", () -> pointer);
    }
    String text = in.text();
    if (text.startsWith("-")) {
      throw fault("shape_negative", pointer, "dimensions >= 1", "a negative one");
    }
    return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static List<Integer> checked(List<Long> shape, String pointer, CodecLimits limits) {
    if (shape.isEmpty()) {
      throw fault("shape_mismatch", pointer, "at least one dimension: the rows", "[]");
    }
    if (shape.contains(0L)) {
      throw fault("shape_zero", pointer, "dimensions >= 1", shape.toString());
    }
    if (shape.get(0) > limits.rowsMax()) {
      throw fault(
          "rows_too_many", pointer, "<= " + limits.rowsMax() + " rows", shape.get(0) + " rows");
    }
    long product = 1;
    List<Integer> checked = new ArrayList<>(shape.size());
    for (long dimension : shape) {
      // the product so far is at most elementsMax < 2^31, so this cannot wrap before the check
      product =
          dimension > limits.elementsMax()
              ? Long.MAX_VALUE
              : Math.multiplyExact(product, dimension);
      if (product > limits.elementsMax()) {
        throw fault(
            "shape_overflow", pointer, "<= " + limits.elementsMax() + " elements", "more elements");
      }
      checked.add((int) dimension);
    }
    return List.copyOf(checked);
  }

  private static CodecException fault(String code, String pointer, String expected, String found) {
    return new CodecException(
        code,
        pointer,
        expected,
        found,
        "%s: expected %s, found %s".formatted(pointer, expected, found));
  }
}
