package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings reference rows into the wire layout of a model's requests: columns of a file become one
 * tensor [n, k], k named tensors, or the positions of a list row. Nothing is invented: a value that
 * the wire type cannot hold exactly is refused, save that numbers are rounded once to FP32 or FP16.
 */
public final class Conform {

  private Conform() {}

  /**
   * Columns are matched by name where the rows have every name that {@code like} has, by position
   * otherwise.
   *
   * @param rows reference rows in any layout
   * @param like a request of the model: its tensor names, types and trailing shapes are taken
   * @throws IllegalArgumentException when widths differ or a value does not fit, naming column and
   *     row
   */
  public static Instances conform(Instances rows, Instances like) {
    return conform(rows, SchemaInference.names(like), like);
  }

  /**
   * @param names what the columns of {@code like} are called: those of its schema
   */
  public static Instances conform(Instances rows, List<String> names, Instances like) {
    if (names.size() != like.width()) {
      throw new IllegalArgumentException(
          "%d names for %d columns".formatted(names.size(), like.width()));
    }
    return to(rows, names, Signature.of(like));
  }

  /** Rows in another signature, as {@link #conform(Instances, Instances)} does it. */
  public static Instances to(Instances rows, Signature like) {
    return to(rows, SchemaInference.names(like), like);
  }

  /**
   * A request whose INT64 tensors are FP64 where the reference rows have fractions: in V1 a row
   * {@code [3]} is of the same column as {@code [3.5]}. The request itself where nothing differs.
   *
   * @param rows reference rows in any layout, matched as {@link #conform(Instances, Instances)}
   *     does
   */
  public static Instances widened(Instances request, Instances rows) {
    Signature mine = Signature.of(request);
    List<Source> sources = match(rows, SchemaInference.names(mine));
    List<Signature.Part> parts = new ArrayList<>(mine.parts().size());
    int column = 0;
    for (Signature.Part part : mine.parts()) {
      List<Source> own = sources.subList(column, column + part.width());
      boolean real = own.stream().anyMatch(source -> source.tensor().type().isFloating());
      boolean widen = part.type() == DataType.INT64 && real;
      parts.add(widen ? new Signature.Part(part.name(), DataType.FP64, part.trailing()) : part);
      column += part.width();
    }
    return to(request, new Signature(parts));
  }

  private static Instances to(Instances rows, List<String> names, Signature like) {
    if (Signature.of(rows).equals(like)) {
      return rows;
    }
    List<Source> sources = match(rows, names);
    List<NamedTensor> tensors = new ArrayList<>(like.parts().size());
    int column = 0;
    for (Signature.Part part : like.parts()) {
      List<Source> own = sources.subList(column, column + part.width());
      tensors.add(new NamedTensor(part.name(), tensor(own, rows.rows(), part)));
      column += part.width();
    }
    return new Instances(tensors);
  }

  /** One column of the rows. */
  private record Source(String name, Tensor tensor, int column) {}

  private static List<Source> match(Instances rows, List<String> wanted) {
    List<String> theirs = SchemaInference.names(rows);
    List<Source> sources = new ArrayList<>(theirs.size());
    Map<String, Source> byName = new HashMap<>();
    for (NamedTensor named : rows.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        Source source = new Source(theirs.get(sources.size()), named.tensor(), c);
        sources.add(source);
        byName.put(source.name(), source);
      }
    }
    if (byName.keySet().containsAll(wanted)) {
      return wanted.stream().map(byName::get).toList();
    }
    if (sources.size() != wanted.size()) {
      List<String> missing = wanted.stream().filter(n -> !byName.containsKey(n)).limit(3).toList();
      throw new IllegalArgumentException(
          "the model's requests have %d columns, the reference rows %d; not among these: %s"
              .formatted(wanted.size(), sources.size(), String.join(", ", missing)));
    }
    return sources;
  }

  private static Tensor tensor(List<Source> columns, int rows, Signature.Part like) {
    List<Integer> shape = new ArrayList<>();
    shape.add(rows);
    shape.addAll(like.trailing());
    DataType type = like.type();
    int size = Math.multiplyExact(rows, columns.size());
    return switch (type) {
      case FP32, FP16, BF16 -> {
        float[] values = new float[size];
        fill(columns, rows, (s, r, i) -> values[i] = Wire.real32(s.tensor(), r, s.column(), type));
        yield new FloatTensor(type, shape, values);
      }
      case FP64 -> {
        double[] values = new double[size];
        fill(columns, rows, (s, r, i) -> values[i] = Wire.real(s.tensor(), r, s.column()));
        yield new DoubleTensor(type, shape, values);
      }
      case BYTES -> {
        byte[][] values = new byte[size][];
        fill(columns, rows, (s, r, i) -> values[i] = Wire.text(s.tensor(), r, s.column()));
        yield new BytesTensor(shape, values);
      }
      default -> {
        long[] values = new long[size];
        fill(columns, rows, (s, r, i) -> values[i] = Wire.integer(s.tensor(), r, s.column(), type));
        yield new IntegerTensor(type, shape, values);
      }
    };
  }

  @FunctionalInterface
  private interface Put {
    void put(Source source, int row, int at);
  }

  private static void fill(List<Source> columns, int rows, Put put) {
    int at = 0;
    for (int r = 0; r < rows; r++) {
      for (Source source : columns) {
        try {
          put.put(source, r, at++);
        } catch (ArithmeticException e) {
          throw new IllegalArgumentException(
              "column '%s', row %d: %s".formatted(source.name(), r + 1, e.getMessage()), e);
        }
      }
    }
  }
}
