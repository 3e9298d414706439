package dev.sidelight.bench.peers;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RowAnswers;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A function of a row as a model; nothing is remembered. */
final class ModelSession implements PredictorSession {

  private final ToDoubleFunction<double[]> model;
  private long rows;
  private int asks;

  ModelSession(ToDoubleFunction<double[]> model) {
    this.model = model;
  }

  @Override
  public RowAnswers ask(Instances batch) {
    DoubleTensor input = (DoubleTensor) batch.tensors().getFirst().tensor();
    double[] row = new double[input.width()];
    double[] answers = new double[batch.rows()];
    for (int i = 0; i < answers.length; i++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = input.value(i, c);
      }
      answers[i] = model.applyAsDouble(row);
    }
    asks++;
    rows += answers.length;
    return new RowAnswers(
        Instances.of("y", new DoubleTensor(DataType.FP64, List.of(answers.length, 1), answers)),
        new BitSet());
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
