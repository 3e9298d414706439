package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Circuit most = new Circuit(bound -> bound - 1);

  private static void fail(Circuit circuit, int times, long now) {
    for (int i = 0; i < times; i++) {
      circuit.failed(now);
    }
  }

  @Test
  void fourFailures_closed_theFifthOpens() {
    fail(most, 4, 0);
    assertThat(most.admits(0)).isTrue();

    assertThat(most.failed(0)).isTrue();

    assertThat(most.admits(0)).isFalse();
    assertThat(most.gauge()).isEqualTo(1);
  }

  @Test
  void success_startsTheCountAnew() {
    fail(most, 4, 0);
    most.succeeded();
    fail(most, 4, 0);

    assertThat(most.isClosed()).isTrue();
  }

  @Test
  void afterASecond_oneProbe() {
    fail(most, 5, 0);

    assertThat(most.admits(SECOND - 1)).isFalse();
    assertThat(most.admits(SECOND)).isTrue();
    assertThat(most.gauge()).isEqualTo(2);
    assertThat(most.admits(SECOND)).isFalse();

    most.succeeded();
    assertThat(most.admits(SECOND)).isTrue();
    assertThat(most.gauge()).isZero();
  }

  @Test
  void probeThatNeverReports_anotherOneMayTry() {
    fail(most, 5, 0);
    assertThat(most.admits(SECOND)).isTrue();

    assertThat(most.admits(2 * SECOND)).isTrue();
  }

  @Test
  void failedProbes_doubleTheWaitUpToThirtySeconds() {
    Circuit circuit = new Circuit(bound -> bound - 1);
    fail(circuit, 5, 0);
    long now = SECOND;
    for (long wait : new long[] {2, 4, 8, 16, 30, 30, 30}) {
      assertThat(circuit.admits(now)).isTrue();
      circuit.failed(now);
      assertThat(circuit.admits(now + wait * SECOND - 2)).isFalse();
      now += wait * SECOND;
    }
  }

  @Test
  void jitter_neverBelowASecond() {
    Circuit least = new Circuit(bound -> 0);
    fail(least, 5, 0);
    assertThat(least.admits(SECOND)).isTrue();
    least.failed(SECOND);

    assertThat(least.admits(2 * SECOND - 1)).isFalse();
    assertThat(least.admits(2 * SECOND)).isTrue();
  }
}
