package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopGaugeTest {

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final List<Long> observed = new ArrayList<>();
  private long now = 1000;
  private long holds = 7;
  private final LoopGauge gauge =
      new LoopGauge(waiting::add, () -> now, () -> holds, observed::add);

  @Test
  void answered_saysDelayAndBytes() {
    gauge.ask();
    now += 30;
    waiting.remove().run();
    now += 500;

    assertThat(gauge.lateNanos()).isEqualTo(30);
    assertThat(gauge.heldBytes()).isEqualTo(7);
    assertThat(observed).containsExactly(30L);
  }

  @Test
  void stuckLoop_isAskedOnceAndGrowsLate() {
    gauge.ask();
    waiting.remove().run();
    for (int i = 1; i <= 3; i++) {
      gauge.ask();
      now += 100;
      assertThat(gauge.lateNanos()).isEqualTo(100L * i);
      assertThat(gauge.heldBytes()).isEqualTo(7);
    }
    assertThat(waiting).hasSize(1);

    holds = 9;
    waiting.remove().run();
    gauge.ask();

    assertThat(gauge.heldBytes()).isEqualTo(9);
    assertThat(observed).containsExactly(0L, 300L);
    assertThat(waiting).hasSize(1);
  }
}
