package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns what the columns of a score output are called from models that answer scores and labels
 * side by side: where column k is the largest, the label is its name. Not thread-safe.
 */
final class ClassNames {

  private final Map<Integer, String> names = new HashMap<>();
  private int columns;
  private boolean contradicted;

  void observe(Instances outputs) {
    Optional<Tensor> scores = Optional.empty();
    Optional<Tensor> labels = Optional.empty();
    for (NamedTensor named : outputs.tensors()) {
      Tensor tensor = named.tensor();
      if (tensor.type() == DataType.BYTES && tensor.width() == 1) {
        labels = labels.or(() -> Optional.of(tensor));
      } else if (tensor.type().isFloating() && tensor.width() > 1) {
        scores = scores.or(() -> Optional.of(tensor));
      }
    }
    if (scores.isEmpty() || labels.isEmpty()) {
      return;
    }
    columns = scores.get().width();
    for (int r = 0; r < outputs.rows(); r++) {
      String label = labels.get().text(r, 0);
      String before = names.putIfAbsent(AnswerClasses.largest(scores.get(), r), label);
      contradicted |= before != null && !before.equals(label);
    }
  }

  /** Takes up what {@link #names} told before a restart. */
  void restore(List<String> known) {
    columns = known.size();
    for (int c = 0; c < known.size(); c++) {
      names.put(c, known.get(c));
    }
  }

  /**
   * All names in column order; empty while one is missing or when the labels contradict the scores.
   */
  List<String> names() {
    List<String> ordered = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      String name = names.get(c);
      if (name == null || contradicted || ordered.contains(name)) {
        return List.of();
      }
      ordered.add(name);
    }
    return ordered;
  }
}
