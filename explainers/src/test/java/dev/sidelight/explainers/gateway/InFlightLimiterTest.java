package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightLimiterTest {

  private final InFlightLimiter limiter = new InFlightLimiter(8);

  /** Calls beyond the server's instances wait there: latency grows in proportion. */
  private int mostUnder(int instances, int calls) {
    int most = 0;
    for (int i = 0; i < calls; i++) {
      limiter.answered(Math.max(1, limiter.limit() / (double) instances), true);
      most = Math.max(most, limiter.limit());
    }
    return most;
  }

  @Test
  void answered_serialServer_neverMoreThanTwoHoweverLong() {
    assertThat(mostUnder(1, 20_000)).isEqualTo(2);
  }

  @Test
  void answered_fourInstances_usesThemAll() {
    assertThat(mostUnder(4, 2_000)).isBetween(4, 8);
    assertThat(limiter.limit()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void answered_stable_oneMoreAfterTwentyCalls() {
    for (int i = 0; i < 19; i++) {
      limiter.answered(1, true);
    }
    assertThat(limiter.limit()).isEqualTo(1);

    limiter.answered(1, true);
    assertThat(limiter.limit()).isEqualTo(2);
    limiter.overloaded();
    assertThat(limiter.exact()).isEqualTo(1);
    limiter.overloaded();
    assertThat(limiter.exact()).isEqualTo(1);
  }

  @Test
  void answered_whileLiveTrafficSuffers_doesNotGrow() {
    for (int i = 0; i < 100; i++) {
      limiter.answered(1, false);
    }

    assertThat(limiter.limit()).isEqualTo(1);
  }
}
