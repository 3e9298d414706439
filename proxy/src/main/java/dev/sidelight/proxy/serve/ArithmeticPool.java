package dev.sidelight.proxy.serve;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do the explainers' linear algebra, one less than there are cores, so that one is
 * left for the event loops whatever is explained. One pool for the process, whose cores they are.
 *
 * <p>What waits here is bounded by what admission lets in, since each explanation waits for its
 * own. Idle threads end after some seconds; none keeps the process alive.
 */
final class ArithmeticPool {

  private static final int IDLE_SECONDS = 10;

  private static final Executor THREADS = start(Runtime.getRuntime().availableProcessors() - 1);

  private ArithmeticPool() {}

  static Executor ofProcess() {
    return THREADS;
  }

  /**
   * @param threads at most so many run at a time; less than 1 counts as 1
   */
  static Executor start(int threads) {
    int most = Math.max(1, threads);
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "explain-arithmetic-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
