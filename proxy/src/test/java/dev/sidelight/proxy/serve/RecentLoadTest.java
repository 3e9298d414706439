package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecentLoadTest {

  private long now = TimeUnit.HOURS.toNanos(1);
  private final RecentLoad load = new RecentLoad(() -> now);

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void nothingYet() {
    assertThat(load.idleMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(load.requests()).isZero();
    assertThat(load.p99Millis()).isNaN();
  }

  @Test
  void idle_sinceTheLastRequest() {
    load.began();
    pass(70);

    assertThat(load.idleMillis()).isEqualTo(70);
  }

  @Test
  void p99_ofAHundred() {
    for (int i = 1; i <= 100; i++) {
      load.ended(i * 1000L);
    }

    assertThat(load.requests()).isEqualTo(100);
    assertThat(load.p99Millis()).isCloseTo(99, Percentage.withPercentage(7));
  }

  @Test
  void fewerThanFifty_unknown() {
    for (int i = 0; i < 49; i++) {
      load.ended(1000);
    }

    assertThat(load.p99Millis()).isNaN();
    load.ended(1000);
    assertThat(load.p99Millis()).isCloseTo(1, Percentage.withPercentage(7));
  }

  @Test
  void afterTenSeconds_forgotten() {
    for (int i = 0; i < 60; i++) {
      load.ended(1000);
    }
    pass(5000);
    load.ended(1000);
    assertThat(load.requests()).isEqualTo(61);

    pass(5000);
    assertThat(load.requests()).isEqualTo(1);
    pass(30_000);
    assertThat(load.requests()).isZero();
    load.ended(1000);
    assertThat(load.requests()).isEqualTo(1);
  }

  @Property
  void bucket_holdsItsValue(@ForAll @LongRange(min = 0, max = (1L << 36) - 1) long micros) {
    int bucket = RecentLoad.bucketOf(micros);

    assertThat(RecentLoad.highestOf(bucket)).isBetween(micros, micros + micros / 16 + 1);
    assertThat(bucket == 0 ? -1 : RecentLoad.highestOf(bucket - 1)).isLessThan(micros);
  }
}
