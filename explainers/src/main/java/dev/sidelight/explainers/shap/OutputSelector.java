package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ChosenOutput;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Target;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is explained. Numbers are explained column by column; a single string, boolean or
 * integer is a label, explained through the indicator of one class.
 */
final class OutputSelector {

  /** Outputs explained at once. */
  private static final int OUTPUTS_MAX = 64;

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
    ChosenOutput chosen =
        ChosenOutput.of(settings.output(), settings.regression(), classes, outputs);
    Tensor tensor = chosen.in(outputs);
    return chosen.label() ? labels(chosen, tensor) : columns(chosen, tensor);
  }

  private Readout columns(ChosenOutput chosen, Tensor tensor) {
    int best = 0;
    for (int c = 1; c < tensor.width(); c++) {
      if (tensor.number(0, c) > tensor.number(0, best)) {
        best = c;
      }
    }
    List<Target> all =
        IntStream.range(0, tensor.width())
            .mapToObj(c -> new Target(chosen.name(), c, chosen.className(c, tensor.width())))
            .toList();
    return pick(all, indexOr(best, tensor.width()), null);
  }

  private Readout labels(ChosenOutput chosen, Tensor tensor) {
    String predicted = ChosenOutput.label(tensor, 0);
    List<String> wanted = chosen.wireLabels(tensor.type());
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

  private int indexOr(int predicted, int columns) {
    return ChosenOutput.indexOr(settings.targetIndex(), predicted, columns);
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
