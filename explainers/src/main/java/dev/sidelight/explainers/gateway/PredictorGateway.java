package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.PredictorSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a model for synthetic rows; one per model. Thread-safe. Callers block, so they
 * belong on virtual threads.
 *
 * <p>This class is only the threads around {@link Dispatcher}: it tells it what happens, makes the
 * calls it names, and sleeps until the moment it names. Whoever changes something asks it for the
 * next call, so an idle gateway has no thread at all; one is started only while something must wait
 * for a moment (a retry, a held batch, live traffic).
 */
public final class PredictorGateway implements AutoCloseable {

  private final Backend backend;
  private final GatewayRuntime runtime;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sooner = lock.newCondition();
  private final Dispatcher dispatcher;
  private boolean timerRuns;
  private boolean closed;

  public PredictorGateway(
      GatewaySettings settings, Backend backend, LiveTraffic live, GatewayRuntime runtime) {
    this.backend = backend;
    this.runtime = runtime;
    this.startNanos = runtime.nanos().getAsLong();
    this.dispatcher = new Dispatcher(settings, live, runtime.seed());
  }

  /** Empty when the queue is full or the gateway closed: an answer (429), not an exception. */
  public Optional<Session> open(SessionSpec spec) {
    lock.lock();
    try {
      Owner owner = closed ? null : dispatcher.open(spec, now());
      return owner == null ? Optional.empty() : Optional.of(new GatewaySession(this, owner));
    } finally {
      lock.unlock();
    }
  }

  public GatewayMeters meters() {
    lock.lock();
    try {
      return dispatcher.meters();
    } finally {
      lock.unlock();
    }
  }

  /** What the server's metadata says of its largest batch; 1 for a model that takes one row. */
  public void rowsPerCallMax(int rows) {
    lock.lock();
    try {
      dispatcher.rowsPerCallMax(Math.max(1, rows));
    } finally {
      lock.unlock();
    }
  }

  /** The model's metadata changed: no answer given before says anything about it. */
  public void forgetAnswers() {
    lock.lock();
    try {
      dispatcher.forgetAnswers();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every wait and sends nothing more. Calls under way end by themselves. */
  @Override
  public void close() {
    lock.lock();
    try {
      stop();
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds since this gateway was made. */
  long now() {
    return runtime.nanos().getAsLong() - startNanos;
  }

  RowHasher hasher() {
    return new RowHasher(runtime.hashKey());
  }

  /** Runs under the lock; afterwards makes whatever calls have become due. */
  void change(Change change) {
    lock.lock();
    try {
      change.on(dispatcher);
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** Reads or computes under the lock. */
  <T> T read(Reading<T> reading) {
    lock.lock();
    try {
      return reading.of(dispatcher);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    closed = true;
    dispatcher.shutDown(new PredictorException(Kind.CANCELLED, "the gateway was closed"));
    sooner.signalAll();
  }

  private void pump() {
    try {
      pumpAll();
    } catch (RejectedExecutionException e) {
      stop(); // the process is ending and has taken its threads back
    }
  }

  private void pumpAll() {
    while (!closed) {
      Batch batch = dispatcher.poll(now());
      if (batch == null) {
        break;
      }
      runtime.executor().execute(() -> call(batch));
    }
    if (closed || dispatcher.wakeAt() == Long.MAX_VALUE) {
      return;
    }
    if (timerRuns) {
      sooner.signal();
    } else {
      timerRuns = true;
      runtime.executor().execute(this::sleepUntilDue);
    }
  }

  private void sleepUntilDue() {
    lock.lock();
    try {
      while (!closed && dispatcher.wakeAt() != Long.MAX_VALUE) {
        long nanos = dispatcher.wakeAt() - now();
        if (nanos > 0) {
          long left = sooner.awaitNanos(nanos);
          if (left > 0) {
            continue; // another moment was named meanwhile
          }
        }
        pump();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      timerRuns = false;
      lock.unlock();
    }
  }

  private void call(Batch batch) {
    List<RowValues> outputs = List.of();
    @Nullable PredictorException failure =
        new PredictorException(Kind.BAD_RESPONSE, "the call ended without an answer");
    try {
      outputs =
          batch.read(
              backend.predict(batch.lane.key, batch.gather(), batch.timeoutMillis), batch.size());
      failure = null;
    } catch (PredictorException e) {
      failure = e;
    } finally {
      ended(batch, outputs, failure);
    }
  }

  private void ended(Batch batch, List<RowValues> outputs, @Nullable PredictorException failure) {
    change(
        d -> {
          if (failure == null) {
            d.answered(batch, outputs, now());
          } else {
            d.failed(batch, failure, now());
          }
        });
  }

  static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @FunctionalInterface
  interface Change {
    void on(Dispatcher dispatcher);
  }

  @FunctionalInterface
  interface Reading<T> {
    T of(Dispatcher dispatcher);
  }

  /** One explanation's way to the model. {@link #cancel} may come from any thread. */
  public interface Session extends PredictorSession, AutoCloseable {
    /**
     * Takes an answer that the model gave before, so that the row is not asked again. Nothing
     * happens where the model is noisy, the answer has another shape than the model's answers now,
     * or it is not finite.
     *
     * @param row n = 1
     * @param answer n = 1
     */
    void know(Instances row, Instances answer);

    /** Drops what waits; a blocked {@link #ask} ends with kind CANCELLED. */
    void cancel();

    @Override
    void close();
  }
}
