package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticPoolTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "3, 3"})
  void manyTasks_neverMoreAtOnceThanThreads_onDaemonsWithNames(int threads, int most) {
    Executor pool = ArithmeticPool.start(threads);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger atMost = new AtomicInteger();
    CountDownLatch allBusy = new CountDownLatch(most);
    List<CompletableFuture<Thread>> tasks = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      tasks.add(
          CompletableFuture.supplyAsync(
              () -> {
                atMost.accumulateAndGet(running.incrementAndGet(), Math::max);
                allBusy.countDown();
                await(allBusy);
                running.decrementAndGet();
                return Thread.currentThread();
              },
              pool));
    }

    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.join().isDaemon()).isTrue();
              assertThat(task.join().getName()).startsWith("explain-arithmetic-");
            });
    assertThat(atMost).hasValue(most);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
