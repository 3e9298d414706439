package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ChosenOutput;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Target;
import java.util.List;

/**
 * Which numbers of an answer are explained, settled once by the answer to x.
 *
 * @param targets one per explained quantity
 * @param target index into {@code targets} of the one that was asked for
 */
record Readout(List<Target> targets, int target, Quantity quantity) {

  /** What is read from the output tensor. */
  sealed interface Quantity {}

  /** Its values as doubles, column by column. */
  record Columns() implements Quantity {}

  /**
   * 1 where the row's label is the wanted one, else 0.
   *
   * @param wanted as the tensor prints it, one per target
   */
  record Indicators(List<String> wanted) implements Quantity {}

  int size() {
    return targets.size();
  }

  Tensor tensorIn(Instances outputs) {
    String name = targets.get(0).output();
    return outputs
        .tensor(name)
        .orElseThrow(
            () ->
                new ExplainException(
                    "target_unsupported", "", "a later answer lacks output '" + name + "'"));
  }

  /** Explained quantity k of one row. */
  double read(Tensor tensor, int row, int k) {
    return switch (quantity) {
      case Columns _ -> tensor.number(row, targets.get(k).index());
      case Indicators(List<String> wanted) ->
          ChosenOutput.label(tensor, row).equals(wanted.get(k)) ? 1 : 0;
    };
  }
}
