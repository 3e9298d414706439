package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;

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
}
