package dev.sidelight.explainers.counterfactual;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Counterfactual.Prediction;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The wanted answer, settled by the shape of the model's output: a class of several scores, a
 * label, or a band of a number.
 */
final class Goal {

  /** Longer texts are prose and not labels. */
  private static final int LABEL_CHARS_MAX = 256;

  private final CounterfactualSettings settings;
  private final List<String> classes;
  private final String output;
  private final boolean label;
  private final int columns;

  /**
   * @param outputs answers of the model, of which only the form is looked at
   * @param classes names of the model's outputs, empty if unknown
   */
  Goal(CounterfactualSettings settings, List<String> classes, Instances outputs) {
    this.settings = settings;
    this.classes = classes;
    NamedTensor chosen = choose(settings, outputs);
    Tensor tensor = chosen.tensor();
    this.output = chosen.name();
    this.columns = tensor.width();
    this.label = columns == 1 && !tensor.type().isFloating() && settings.band().isEmpty();
    check(outputs, tensor);
  }

  private void check(Instances outputs, Tensor tensor) {
    if (tensor.type() == DataType.BYTES
        && (!label || tensor.text(0, 0).length() > LABEL_CHARS_MAX)) {
      throw unsupported(outputs, "text outputs cannot be aimed at unless they are labels");
    }
    if (settings.band().isEmpty() && columns == 1 && !label) {
      throw new ExplainException(
          "parameter_range", "/parameters/band", "the model answers one number: a band is needed");
    }
    if (settings.band().isPresent() && settings.column() >= columns) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/column",
          "column must be in [0, %d], got %d".formatted(columns - 1, settings.column()));
    }
    if (settings.target().isPresent() && !label && wantedColumn() < 0) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/target",
          "the model has no such class; it has %d, %s"
              .formatted(columns, classes.isEmpty() ? "without names" : "named " + classes));
    }
  }

  private static NamedTensor choose(CounterfactualSettings settings, Instances outputs) {
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

  /** The column of the wanted class, -1 for none. */
  private int wantedColumn() {
    String wanted = settings.target().orElseThrow();
    int named = classes.size() == columns ? classes.indexOf(wanted) : -1;
    if (named >= 0) {
      return named;
    }
    return IntStream.range(0, columns)
        .filter(c -> Integer.toString(c).equals(wanted))
        .findFirst()
        .orElse(-1);
  }

  Prediction read(Instances outputs, int row) {
    Tensor tensor =
        outputs
            .tensor(output)
            .orElseThrow(
                () ->
                    new ExplainException(
                        "target_unsupported", "", "an answer lacks output '" + output + "'"));
    if (label) {
      String text = tensor.text(row, 0);
      return new Prediction(1, className(text, tensor.type()), classIndex(text, tensor.type()));
    }
    if (settings.band().isPresent()) {
      return new Prediction(tensor.number(row, settings.column()), "", settings.column());
    }
    int best = 0;
    for (int c = 1; c < tensor.width(); c++) {
      if (tensor.number(row, c) > tensor.number(row, best)) {
        best = c;
      }
    }
    String name = classes.size() == columns ? classes.get(best) : "";
    return new Prediction(tensor.number(row, best), name, best);
  }

  private int classIndex(String text, DataType type) {
    if (type == DataType.BYTES) {
      return classes.indexOf(text);
    }
    String number = type == DataType.BOOL ? (text.equals("true") ? "1" : "0") : text;
    return IntStream.range(0, classes.size())
        .filter(c -> Integer.toString(c).equals(number))
        .findFirst()
        .orElse(-1);
  }

  private String className(String text, DataType type) {
    int index = classIndex(text, type);
    return index < 0 ? text : classes.get(index);
  }

  /**
   * @param x what the model says of the explained row
   */
  boolean isMet(Prediction given, Prediction x) {
    Optional<Interval> band = settings.band();
    if (band.isPresent()) {
      return given.value() >= band.get().low() && given.value() <= band.get().high();
    }
    if (settings.target().isEmpty()) {
      return given.index() != x.index() || !given.label().equals(x.label());
    }
    if (!label) {
      return given.index() == wantedColumn();
    }
    String wanted = settings.target().get();
    return given.label().equals(wanted) || Integer.toString(given.index()).equals(wanted);
  }

  Target target() {
    if (settings.band().isPresent()) {
      return new Target(output, settings.column(), "");
    }
    if (settings.target().isEmpty()) {
      return new Target(output, -1, "");
    }
    if (label) {
      return new Target(output, -1, settings.target().get());
    }
    int column = wantedColumn();
    return new Target(output, column, classes.size() == columns ? classes.get(column) : "");
  }
}
