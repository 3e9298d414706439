package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.ChosenOutput;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Target;
import java.util.List;

/**
 * Reads answers as single numbers that can be compared with x's: the class (0, 1, ..), 1 or 0 for
 * "of the wanted class or not", or the regression's value. NaN where the model gave nothing usable.
 * Settled once by the answer to x.
 *
 * @param x what x's own answer reads as
 * @param prediction the targeted output of x; 1 where the output is a label
 */
record SameAnswer(
    ChosenOutput output, Reading reading, Target target, double x, double prediction) {

  /** How a row of the output tensor becomes a number. */
  sealed interface Reading {}

  /** The largest column; with two classes and one column, which side of a half it is on. */
  record LargestColumn() implements Reading {}

  /** 1 where the largest column is this one. */
  record IsLargest(int column) implements Reading {}

  /** 1 where the label is this one. */
  record IsLabel(String label) implements Reading {}

  record Value(int column) implements Reading {}

  /**
   * @param answers x's in row 0
   */
  static SameAnswer of(AnchorSettings settings, List<String> classes, Instances answers) {
    ChosenOutput output =
        ChosenOutput.of(settings.output(), settings.regression(), classes, answers);
    Tensor tensor = output.in(answers);
    if (output.label()) {
      return label(settings, output, tensor);
    }
    int width = tensor.width();
    boolean scores = !settings.regression() && (width > 1 || classes.size() == 2);
    if (!scores) {
      int column = ChosenOutput.indexOr(settings.targetIndex(), 0, width);
      return settled(output, tensor, new Value(column), column, tensor.number(0, column));
    }
    double best = read(new LargestColumn(), tensor, 0);
    if (Double.isNaN(best)) {
      throw refused();
    }
    int columns = Math.max(2, width);
    int column = ChosenOutput.indexOr(settings.targetIndex(), (int) best, columns);
    Reading reading =
        settings.targetIndex().isPresent() ? new IsLargest(column) : new LargestColumn();
    double score =
        width > 1
            ? tensor.number(0, column)
            : column == 1 ? tensor.number(0, 0) : 1 - tensor.number(0, 0);
    return settled(output, tensor, reading, column, score);
  }

  private static SameAnswer label(AnchorSettings settings, ChosenOutput output, Tensor tensor) {
    String predicted = ChosenOutput.label(tensor, 0);
    List<String> wire = output.wireLabels(tensor.type());
    int at = wire.indexOf(predicted);
    int index =
        ChosenOutput.indexOr(
            settings.targetIndex(), Math.max(0, at), Math.max(1, at < 0 ? 1 : wire.size()));
    String wanted = at < 0 ? predicted : wire.get(index);
    String name = at < 0 ? predicted : output.classes().get(index);
    double x = wanted.equals(predicted) ? 1 : 0;
    return new SameAnswer(
        output, new IsLabel(wanted), new Target(output.name(), index, name), x, x);
  }

  private static SameAnswer settled(
      ChosenOutput output, Tensor tensor, Reading reading, int column, double prediction) {
    double x = read(reading, tensor, 0);
    if (!Double.isFinite(x) || !Double.isFinite(prediction)) {
      throw refused();
    }
    int classes = Math.max(tensor.width(), reading instanceof Value ? 1 : 2);
    return new SameAnswer(
        output,
        reading,
        new Target(output.name(), column, output.className(column, classes)),
        x,
        prediction);
  }

  static ExplainException refused() {
    return new ExplainException(
        "row_refused", "", "the model gave no usable answer to the row to be explained");
  }

  boolean isNumber() {
    return reading instanceof Value;
  }

  double read(Tensor tensor, int row) {
    return read(reading, tensor, row);
  }

  private static double read(Reading reading, Tensor tensor, int row) {
    return switch (reading) {
      case LargestColumn() -> largest(tensor, row);
      case IsLargest(int column) -> {
        double best = largest(tensor, row);
        yield Double.isNaN(best) ? best : best == column ? 1 : 0;
      }
      case IsLabel(String wanted) -> ChosenOutput.label(tensor, row).equals(wanted) ? 1 : 0;
      case Value(int column) -> tensor.number(row, column);
    };
  }

  private static double largest(Tensor tensor, int row) {
    if (tensor.width() == 1) {
      double score = tensor.number(row, 0);
      return Double.isFinite(score) ? score >= 0.5 ? 1 : 0 : Double.NaN;
    }
    int best = 0;
    for (int c = 0; c < tensor.width(); c++) {
      double score = tensor.number(row, c);
      if (!Double.isFinite(score)) {
        return Double.NaN;
      }
      if (score > tensor.number(row, best)) {
        best = c;
      }
    }
    return best;
  }
}
