package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is explained. Numbers are explained column by column; a single string, boolean or
 * integer is a label, explained through the indicator of one class.
 */
final class OutputSelector {

  /** Outputs explained at once. */
  private static final int OUTPUTS_MAX = 64;

  /** More distinct texts, or longer ones, are prose and not labels. */
  private static final int LABELS_MAX = 256;

  private static final int LABEL_BYTES_MAX = 256;

  private final ShapSettings settings;
  private final List<String> classes;

  /**
   * @param classes names of the model's outputs in the schema, empty if unknown
   */
  OutputSelector(ShapSettings settings, List<String> classes) {
    this.settings = settings;
    this.classes = classes;
  }

  /**
   * @param outputs answers; x's in row 0
   */
  Readout select(Instances outputs) {
    NamedTensor chosen = choose(outputs);
    Tensor tensor = chosen.tensor();
    boolean label = tensor.width() == 1 && !tensor.type().isFloating() && !settings.regression();
    if (tensor.type() == DataType.BYTES && (!label || isProse(tensor))) {
      throw unsupported(outputs, "text outputs cannot be explained unless they are labels");
    }
    return label ? labels(chosen) : columns(chosen);
  }

  private static boolean isProse(Tensor tensor) {
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < tensor.rows(); row++) {
      String text = tensor.text(row, 0);
      seen.add(text);
      if (text.length() > LABEL_BYTES_MAX || seen.size() > LABELS_MAX) {
        return true;
      }
    }
    return false;
  }

  /** By name; else the only one, the first floating-point one, the first numeric one. */
  private NamedTensor choose(Instances outputs) {
    List<NamedTensor> tensors = outputs.tensors();
    if (settings.output().isPresent()) {
      String name = settings.output().get();
      return tensors.stream()
          .filter(t -> t.name().equals(name))
          .findFirst()
          .orElseThrow(() -> unsupported(outputs, "there is no output '" + name + "'"));
    }
    return tensors.stream()
        .filter(t -> t.tensor().type().isFloating())
        .findFirst()
        .or(() -> tensors.stream().filter(t -> t.tensor().type() != DataType.BYTES).findFirst())
        .orElse(tensors.get(0));
  }

  private static ExplainException unsupported(Instances outputs, String why) {
    String seen =
        outputs.tensors().stream()
            .map(t -> "'%s' %s".formatted(t.name(), t.tensor()))
            .collect(Collectors.joining(", "));
    return new ExplainException(
        "target_unsupported", "/parameters/output", why + "; outputs seen: " + seen);
  }

  private Readout columns(NamedTensor chosen) {
    Tensor tensor = chosen.tensor();
    int best = 0;
    for (int c = 1; c < tensor.width(); c++) {
      if (tensor.number(0, c) > tensor.number(0, best)) {
        best = c;
      }
    }
    List<Target> all =
        IntStream.range(0, tensor.width())
            .mapToObj(c -> new Target(chosen.name(), c, className(c, tensor.width())))
            .toList();
    return pick(all, indexOr(best, tensor.width()), null);
  }

  private String className(int column, int columns) {
    return classes.size() == columns && columns > 1 ? classes.get(column) : "";
  }

  private Readout labels(NamedTensor chosen) {
    String predicted = Readout.label(chosen.tensor(), 0);
    List<String> wanted = wireLabels(chosen.tensor().type());
    int at = wanted.indexOf(predicted);
    if (at < 0) {
      return pick(
          List.of(new Target(chosen.name(), 0, predicted)), indexOr(0, 1), List.of(predicted));
    }
    List<Target> all =
        IntStream.range(0, wanted.size())
            .mapToObj(c -> new Target(chosen.name(), c, classes.get(c)))
            .toList();
    return pick(all, indexOr(at, wanted.size()), wanted);
  }

  /** How the wire writes the schema's classes; empty where the schema names fewer than two. */
  private List<String> wireLabels(DataType type) {
    if (classes.size() < 2) {
      return List.of();
    }
    if (type == DataType.BYTES) {
      return classes;
    }
    if (type == DataType.BOOL) {
      return classes.size() == 2 ? List.of("false", "true") : List.of();
    }
    return IntStream.range(0, classes.size()).mapToObj(Integer::toString).toList();
  }

  private int indexOr(int predicted, int columns) {
    int index = settings.targetIndex().orElse(predicted);
    if (index < 0 || index >= columns) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/target",
          "the target must be in [0, %d], got %d".formatted(columns - 1, index));
    }
    return index;
  }

  private Readout pick(List<Target> all, int target, @Nullable List<String> wanted) {
    if (!settings.allOutputs()) {
      return new Readout(
          List.of(all.get(target)),
          0,
          wanted == null
              ? new Readout.Columns()
              : new Readout.Indicators(List.of(wanted.get(target))));
    }
    if (all.size() > OUTPUTS_MAX) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/outputs",
          "all outputs can be explained at once up to %d, the model has %d"
              .formatted(OUTPUTS_MAX, all.size()));
    }
    return new Readout(
        all, target, wanted == null ? new Readout.Columns() : new Readout.Indicators(wanted));
  }
}
