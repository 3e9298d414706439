package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One value per row, of a type that the values themselves decide: INT64 while every token is
 * integral (UINT64 where that is too small and none is negative), FP64 from the first other number
 * or null on, BOOL, or BYTES for strings and base64 objects. A value may be a nested list; its
 * shape is that of the first row.
 */
final class V1Column {

  private enum Kind {
    NONE,
    INTEGER,
    REAL,
    BOOL,
    TEXT,
    BASE64
  }

  /*
   * A row of 10,000 values makes 10,000 columns of one value each: a column must cost next to nothing
   * until it holds something.
   */
  private static final long[] NO_INTEGERS = {};
  private static final double[] NO_REALS = {};
  private static final byte[][] NO_TEXTS = {};
  private static final int[] NO_PATH = {};

  private final String pointer;
  private final String step;
  private final CodecLimits limits;
  private final boolean lenient;

  private Kind kind = Kind.NONE;
  private long[] integers = NO_INTEGERS;
  private double[] reals = NO_REALS;
  private byte[][] texts = NO_TEXTS;
  private int size;
  private boolean negative;
  private boolean beyondLong;

  private int rank = -1;
  private final List<Integer> dimensions = new ArrayList<>(0);
  private int[] path = NO_PATH;
  private int row;

  /**
   * @param pointer of the list of rows
   * @param step from a row to this value in it: {@code /3}, {@code /age}, or empty
   */
  V1Column(String pointer, String step, CodecLimits limits, boolean lenient) {
    this.pointer = pointer;
    this.step = step;
    this.limits = limits;
    this.lenient = lenient;
  }

  /** Takes the current value, to its last token. */
  void add(JsonTokens in, int row) {
    this.row = row;
    value(in, 0);
  }

  /** Takes a base64 object of which the name {@code b64} is the current token. */
  void addBase64(JsonTokens in, int row) {
    this.row = row;
    rank(0);
    base64(in);
  }

  /** 0 for a scalar. */
  int rank() {
    return Math.max(rank, 0);
  }

  boolean isBase64() {
    return kind == Kind.BASE64;
  }

  private void value(JsonTokens in, int level) {
    if (in.current() != JsonToken.START_ARRAY) {
      rank(level);
      scalar(in);
      return;
    }
    if (level >= limits.rankMax() - 1) {
      throw fault("rank_too_high", level, "rank <= " + limits.rankMax(), "a higher rank");
    }
    if (rank >= 0 && level >= rank) {
      throw fault("shape_mismatch", level, "a value as in the first row", "a list");
    }
    if (level == path.length) {
      path = Arrays.copyOf(path, level + 1);
    }
    int count = 0;
    while (in.next() != JsonToken.END_ARRAY) {
      path[level] = count++;
      value(in, level + 1);
    }
    length(level, count);
  }

  private void rank(int level) {
    if (rank < 0) {
      rank = level;
    } else if (rank != level) {
      throw fault("shape_mismatch", level, "a list as in the first row", "a value");
    }
  }

  private void length(int level, int count) {
    if (count == 0) {
      throw fault("shape_zero", level, "at least one value", "an empty list");
    }
    while (dimensions.size() <= level) {
      dimensions.add(0);
    }
    int expected = dimensions.get(level);
    if (expected == 0) {
      dimensions.set(level, count);
    } else if (expected != count) {
      throw fault("shape_mismatch", level, expected + " values", count + " values");
    }
  }

  private void scalar(JsonTokens in) {
    if (size == limits.elementsMax()) {
      throw fault("too_many_elements", rank, "<= " + limits.elementsMax() + " elements", "more");
    }
    switch (in.current()) {
      case VALUE_NUMBER_INT -> integer(in);
      case VALUE_NUMBER_FLOAT, VALUE_NULL -> real(JsonNumbers.real(in, lenient, this::place));
      case VALUE_TRUE, VALUE_FALSE -> {
        become(Kind.BOOL, in);
        integers = room(integers);
        integers[size++] = in.current() == JsonToken.VALUE_TRUE ? 1 : 0;
      }
      case VALUE_STRING -> {
        become(Kind.TEXT, in);
        text(in.text().getBytes(StandardCharsets.UTF_8));
      }
      case START_OBJECT -> {
        in.next();
        base64(in);
      }
      default -> throw JsonNumbers.type(in.current(), "a value", this::place);
    }
  }

  private void integer(JsonTokens in) {
    String text = in.text();
    if (kind == Kind.REAL || !V1Integers.fits(text)) {
      real(JsonNumbers.real(in, lenient, this::place));
      return;
    }
    become(Kind.INTEGER, in);
    long value = V1Integers.parse(text);
    boolean minus = text.charAt(0) == '-';
    negative |= minus;
    beyondLong |= !minus && value < 0;
    if (negative && beyondLong) {
      // no integer type of the protocol holds both
      real(JsonNumbers.real(in, lenient, this::place));
      return;
    }
    integers = room(integers);
    integers[size++] = value;
  }

  private void real(double value) {
    if (kind == Kind.INTEGER || kind == Kind.NONE) {
      widen();
    }
    if (kind != Kind.REAL) {
      throw mixed("a number or null");
    }
    if (size == reals.length) {
      reals = Arrays.copyOf(reals, grown());
    }
    reals[size++] = value;
  }

  private void widen() {
    reals = new double[integers.length];
    boolean unsigned = beyondLong;
    for (int i = 0; i < size; i++) {
      long value = integers[i];
      reals[i] = unsigned && value < 0 ? V1Integers.unsigned(value) : value;
    }
    integers = NO_INTEGERS;
    kind = Kind.REAL;
  }

  private void base64(JsonTokens in) {
    boolean name = in.current() == JsonToken.FIELD_NAME && in.text().equals("b64");
    if (!name || in.next() != JsonToken.VALUE_STRING) {
      throw fault("value_type", rank, "{\"b64\": string}", "another object");
    }
    become(Kind.BASE64, in);
    try {
      text(Base64.getDecoder().decode(in.text()));
    } catch (IllegalArgumentException _) {
      throw fault("base64_invalid", rank, "base64", "another text");
    }
    if (in.next() != JsonToken.END_OBJECT) {
      throw fault("value_type", rank, "{\"b64\": string}", "more members");
    }
  }

  private void text(byte[] text) {
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, grown());
    }
    texts[size++] = text;
  }

  private void become(Kind wanted, JsonTokens in) {
    if (kind == Kind.NONE) {
      kind = wanted;
    } else if (kind != wanted) {
      throw mixed(JsonNumbers.word(in.current()));
    }
  }

  private long[] room(long[] values) {
    return size < values.length ? values : Arrays.copyOf(values, grown());
  }

  /** Room for one more. */
  private int grown() {
    return size + (size >> 1) + 1;
  }

  /** All values as a tensor [rows, ...]. */
  Tensor tensor(int rows) {
    List<Integer> shape = new ArrayList<>();
    shape.add(rows);
    shape.addAll(dimensions);
    return switch (kind) {
      case INTEGER ->
          new IntegerTensor(
              beyondLong ? DataType.UINT64 : DataType.INT64, shape, Arrays.copyOf(integers, size));
      case BOOL -> new IntegerTensor(DataType.BOOL, shape, Arrays.copyOf(integers, size));
      case TEXT, BASE64 -> new BytesTensor(shape, Arrays.copyOf(texts, size));
      case REAL, NONE -> new DoubleTensor(DataType.FP64, shape, Arrays.copyOf(reals, size));
    };
  }

  private CodecException mixed(String found) {
    String expected =
        switch (kind) {
          case TEXT -> "a string";
          case BOOL -> "a boolean";
          case BASE64 -> "{\"b64\": string}";
          default -> "a number";
        };
    return fault("value_mixed", rank, expected + " as in the rows before", found);
  }

  private String place() {
    return place(rank());
  }

  private String place(int level) {
    StringBuilder place = new StringBuilder(pointer).append('/').append(row).append(step);
    for (int i = 0; i < level; i++) {
      place.append('/').append(path[i]);
    }
    return place.toString();
  }

  private CodecException fault(String code, int level, String expected, String found) {
    return new CodecException(
        code,
        place(level),
        expected,
        found,
        "%s: expected %s, found %s".formatted(place(level), expected, found));
  }
}
