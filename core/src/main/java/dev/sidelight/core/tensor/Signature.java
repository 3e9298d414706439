package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What rows must share to stand in one batch: tensor names, element types and trailing shapes. The
 * number of rows is no part of it.
 */
public record Signature(List<Part> parts) {

  /**
   * @param trailing all dimensions but the first; empty for a column
   */
  public record Part(String name, DataType type, List<Integer> trailing) {
    public Part {
      trailing = List.copyOf(trailing);
    }

    /** Scalars in one row. */
    int width() {
      return trailing.stream().reduce(1, Math::multiplyExact);
    }
  }

  public Signature {
    parts = List.copyOf(parts);
  }

  public static Signature of(Instances rows) {
    List<Part> parts = new ArrayList<>(rows.tensors().size());
    for (NamedTensor named : rows.tensors()) {
      List<Integer> shape = named.tensor().shape();
      parts.add(new Part(named.name(), named.tensor().type(), shape.subList(1, shape.size())));
    }
    return new Signature(parts);
  }

  /** Scalars in one row. */
  public int width() {
    int width = 0;
    for (Part part : parts) {
      width += part.width();
    }
    return width;
  }

  /**
   * What rows of both can be brought into: equal but for columns that are INT64 in one and FP64 in
   * the other, which are FP64. In JSON without types 3 and 3.5 are values of one column. Empty
   * where the two differ otherwise.
   */
  public Optional<Signature> widened(Signature other) {
    if (parts.size() != other.parts.size()) {
      return Optional.empty();
    }
    List<Part> wide = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part mine = parts.get(i);
      Part theirs = other.parts.get(i);
      Part asReal = new Part(mine.name(), DataType.FP64, mine.trailing());
      if (mine.equals(theirs)) {
        wide.add(mine);
      } else if (asReal.equals(new Part(theirs.name(), DataType.FP64, theirs.trailing()))
          && isWidening(mine.type())
          && isWidening(theirs.type())) {
        wide.add(asReal);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Signature(wide));
  }

  private static boolean isWidening(DataType type) {
    return type == DataType.INT64 || type == DataType.FP64;
  }
}
