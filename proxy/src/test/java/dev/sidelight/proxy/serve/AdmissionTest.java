package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final AtomicBoolean shedding = new AtomicBoolean();
  private final Admission admission = new Admission(1000, shedding::get);

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private CompletableFuture<Boolean> waiting(long rows, AtomicBoolean given, CountDownLatch begun) {
    CompletableFuture<Boolean> came = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              begun.countDown();
              try (Admission.Permit permit = admission.await(rows, given::get)) {
                came.complete(permit != null);
              } catch (InterruptedException e) {
                came.completeExceptionally(e);
              }
            });
    return came;
  }

  @Test
  void await_noRoom_waitsUntilSomeEnd() throws InterruptedException {
    Admission.Permit first = admission.admit(700);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> job = waiting(301, new AtomicBoolean(), begun);
    begun.await();
    assertThat(job).isNotDone();

    first.close();

    assertThat(get(job)).isTrue();
    admission.admit(1000).close();
  }

  @Test
  void await_moreThanTheWhole_isAdmittedAlone() throws InterruptedException {
    CompletableFuture<Boolean> job = waiting(5000, new AtomicBoolean(), new CountDownLatch(1));

    assertThat(get(job)).isTrue();
  }

  @Test
  void await_stoppedMeanwhile_isNothing() throws InterruptedException {
    Admission.Permit all = admission.admit(1000);
    AtomicBoolean stopped = new AtomicBoolean(true);

    assertThat(get(waiting(1, stopped, new CountDownLatch(1)))).isFalse();
    all.close();
  }

  @Test
  void await_underPressure_waitsWhereACallIsRefused() {
    shedding.set(true);
    ServeException refused = catchThrowableOfType(ServeException.class, () -> admission.admit(1));
    CompletableFuture<Boolean> job = waiting(1, new AtomicBoolean(), new CountDownLatch(1));

    assertThat(refused.code()).isEqualTo("explain_shed");
    assertThat(refused.retryAfterSeconds()).hasValue(5);
    shedding.set(false);

    assertThat(get(job)).isTrue();
  }
}
