package dev.sidelight.bench;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.Backend;
import dev.sidelight.explainers.gateway.BatchKey;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A model on one accelerator: one batch at a time, 4 ms + 2 us per row. */
final class SerialModel implements Backend {

  static final long CALL_NANOS = 4_000_000;
  static final long ROW_NANOS = 2_000;

  private final ReentrantLock accelerator = new ReentrantLock(true);

  @Override
  public Instances predict(BatchKey key, Instances rows, long timeoutMillis) {
    accelerator.lock();
    try {
      long end = System.nanoTime() + CALL_NANOS + ROW_NANOS * rows.rows();
      for (long left = CALL_NANOS; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    } finally {
      accelerator.unlock();
    }
    double[] answers = new double[rows.rows()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = rows.tensors().getFirst().tensor().number(i, 0);
    }
    return Instances.of("y", new DoubleTensor(DataType.FP64, List.of(answers.length), answers));
  }
}
