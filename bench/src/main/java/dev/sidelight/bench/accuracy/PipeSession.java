package dev.sidelight.bench.accuracy;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RowAnswers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.DoubleBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the other end of the pipe for the model's answers; counts distinct rows. */
final class PipeSession implements PredictorSession {

  private final int width;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Set<DoubleBuffer> distinct = new HashSet<>();
  private long rows;
  private int asks;
  private long waitNanos;

  PipeSession(int width, DataInputStream in, DataOutputStream out) {
    this.width = width;
    this.in = in;
    this.out = out;
  }

  @Override
  public RowAnswers ask(Instances batch) {
    long before = CpuClock.nanos();
    asks++;
    rows += batch.rows();
    double[] values = new double[batch.rows()];
    try {
      send((DoubleTensor) batch.tensors().getFirst().tensor());
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    waitNanos += CpuClock.nanos() - before;
    return new RowAnswers(
        Instances.of("v", new DoubleTensor(DataType.FP64, List.of(values.length, 1), values)),
        new BitSet());
  }

  private void send(DoubleTensor batch) throws IOException {
    int count = batch.shape().getFirst();
    out.writeInt(count);
    for (int row = 0; row < count; row++) {
      double[] values = new double[width];
      for (int column = 0; column < width; column++) {
        values[column] = batch.value(row, column);
        out.writeDouble(values[column]);
      }
      distinct.add(DoubleBuffer.wrap(values));
    }
    out.flush();
  }

  /** CPU spent on writing, reading and counting, which is no cost of the estimator. */
  long waitNanos() {
    return waitNanos;
  }

  @Override
  public Cost spent() {
    return new Cost(rows, distinct.size(), distinct.size(), 0, asks, asks, 0, 0);
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
