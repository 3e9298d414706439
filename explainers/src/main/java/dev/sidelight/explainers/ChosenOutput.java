package dev.sidelight.explainers;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which output tensor of a model is explained, settled once by the answer to x: a single string,
 * boolean or integer is a label, everything else numbers column by column.
 *
 * @param name the tensor's
 * @param label one label per row
 * @param classes names of the model's outputs in the schema, empty if unknown
 */
public record ChosenOutput(String name, boolean label, List<String> classes) {

  /** More distinct texts, or longer ones, are prose and not labels. */
  private static final int LABELS_MAX = 256;

  private static final int LABEL_BYTES_MAX = 256;

  /** Above it a double is no longer every whole number. */
  private static final double WHOLE_MAX = 1L << 52;

  public ChosenOutput {
    classes = List.copyOf(classes);
  }

  /**
   * By name; else the only tensor, the first floating-point one, the first numeric one.
   *
   * @param regression a single integer or boolean is a number, not a label
   * @param outputs answers; x's in row 0
   * @throws ExplainException {@code target_unsupported}, listing the outputs seen
   */
  public static ChosenOutput of(
      Optional<String> output, boolean regression, List<String> classes, Instances outputs) {
    NamedTensor chosen = choose(output, outputs);
    Tensor tensor = chosen.tensor();
    boolean label = tensor.width() == 1 && !tensor.type().isFloating() && !regression;
    if (tensor.type() == DataType.BYTES && (!label || isProse(tensor))) {
      throw unsupported(outputs, "text outputs cannot be explained unless they are labels");
    }
    return new ChosenOutput(chosen.name(), label, classes);
  }

  private static NamedTensor choose(Optional<String> output, Instances outputs) {
    List<NamedTensor> tensors = outputs.tensors();
    if (output.isPresent()) {
      return tensors.stream()
          .filter(t -> t.name().equals(output.get()))
          .findFirst()
          .orElseThrow(() -> unsupported(outputs, "there is no output '" + output.get() + "'"));
    }
    return tensors.stream()
        .filter(t -> t.tensor().type().isFloating())
        .findFirst()
        .or(() -> tensors.stream().filter(t -> t.tensor().type() != DataType.BYTES).findFirst())
        .orElse(tensors.get(0));
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

  private static ExplainException unsupported(Instances outputs, String why) {
    String seen =
        outputs.tensors().stream()
            .map(t -> "'%s' %s".formatted(t.name(), t.tensor()))
            .collect(Collectors.joining(", "));
    return new ExplainException(
        "target_unsupported", "/parameters/output", why + "; outputs seen: " + seen);
  }

  /**
   * The chosen tensor of later answers.
   *
   * @throws ExplainException {@code target_unsupported} when they lack it
   */
  public Tensor in(Instances outputs) {
    return outputs
        .tensor(name)
        .orElseThrow(
            () ->
                new ExplainException(
                    "target_unsupported", "", "a later answer lacks output '" + name + "'"));
  }

  /** The class's name in the schema, empty where it names other classes than these. */
  public String className(int column, int columns) {
    return classes.size() == columns && columns > 1 ? classes.get(column) : "";
  }

  /** How the wire writes the schema's classes; empty where the schema names fewer than two. */
  public List<String> wireLabels(DataType type) {
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

  /** A label's text; a whole number is the same label whether a server wrote 3 or 3.0. */
  public static String label(Tensor tensor, int row) {
    if (tensor.type().isFloating()) {
      double number = tensor.number(row, 0);
      return number == Math.rint(number) && Math.abs(number) < WHOLE_MAX
          ? Long.toString((long) number)
          : Double.toString(number);
    }
    return tensor.text(row, 0);
  }

  /**
   * The column asked for, or the predicted one.
   *
   * @throws ExplainException {@code parameter_range} when there is no such column
   */
  public static int indexOr(OptionalInt asked, int predicted, int columns) {
    int index = asked.orElse(predicted);
    if (index < 0 || index >= columns) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/target",
          "the target must be in [0, %d], got %d".formatted(columns - 1, index));
    }
    return index;
  }
}
