package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReachableTest {

  private static final URI A = URI.create("http://a");
  private static final URI B = URI.create("http://b");
  private static final URI C = URI.create("http://c");

  private long nanos = -5;
  private final Reachable reachable = new Reachable(() -> nanos);

  @Test
  void order_allWell_takesTurns() {
    List<URI> all = List.of(A, B, C);

    assertThat(reachable.order(all)).containsExactly(A, B, C);
    assertThat(reachable.order(all)).containsExactly(B, C, A);
    assertThat(reachable.order(all)).containsExactly(C, A, B);
    assertThat(reachable.order(all)).containsExactly(A, B, C);
  }

  @Test
  void order_oneFailed_comesLastForAWhileOrUntilItAnswers() {
    List<URI> all = List.of(A, B);
    reachable.failed(A);

    assertThat(reachable.order(all)).containsExactly(B, A);
    assertThat(reachable.order(all)).containsExactly(B, A);
    nanos += TimeUnit.SECONDS.toNanos(5);
    assertThat(reachable.order(all)).containsExactly(A, B);

    reachable.failed(A);
    reachable.answered(A);
    reachable.order(all);
    assertThat(reachable.order(all)).containsExactly(A, B);
  }

  @Test
  void order_allFailed_areStillTried() {
    reachable.failed(A);

    assertThat(reachable.order(List.of(A))).containsExactly(A);
  }
}
