package dev.sidelight.bench;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RowAnswers;
import java.util.BitSet;
import java.util.List;

/** A model in memory, so cheap that what is measured is the explainer: a sum and one product. */
final class DirectSession implements PredictorSession {

  private long rows;
  private int asks;

  @Override
  public RowAnswers ask(Instances batch) {
    if (!(batch.tensors().getFirst().tensor() instanceof DoubleTensor input)) {
      throw new IllegalArgumentException("the model takes doubles");
    }
    double[] answers = new double[batch.rows()];
    for (int i = 0; i < answers.length; i++) {
      double sum = input.value(i, 0) * input.value(i, 1);
      for (int c = 0; c < input.width(); c++) {
        sum += (c + 1) * input.value(i, c);
      }
      answers[i] = sum;
    }
    asks++;
    rows += answers.length;
    Instances outputs =
        Instances.of("y", new DoubleTensor(DataType.FP64, List.of(answers.length, 1), answers));
    return new RowAnswers(outputs, new BitSet());
  }

  @Override
  public Cost spent() {
    return new Cost(rows, rows, rows, 0, asks, asks, 0, 0);
  }

  @Override
  public boolean expired() {
    return false;
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  @Override
  public boolean deterministic() {
    return true;
  }
}
