package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveYieldTest {

  private final VirtualGateway.Live live = new VirtualGateway.Live();
  private final VirtualGateway gateway =
      new VirtualGateway(VirtualGateway.settings().withLiveBudgetMillis(8), live);

  LiveYieldTest() {
    gateway.latencyMillis = n -> 4 + 0.02 * n;
  }

  private void traffic(double p99) {
    live.idleMillis = 0;
    live.requests = 100;
    live.p99Millis = p99;
  }

  /** Enough rows for a long time, after a look at the quiet traffic. */
  private void busy() {
    traffic(10);
    gateway.ask(gateway.open(), Rows.range(0, 400_000));
    gateway.runFor(900);
  }

  @Test
  void rowsMax_liveTraffic_callFitsTheBudget() {
    busy();

    int last = gateway.calls.getLast().length;

    assertThat(gateway.latencyMillis.applyAsDouble(last)).isBetween(6.0, 9.0);
  }

  @Test
  void rowsMax_noTraffic_noCap() {
    gateway.ask(gateway.open(), Rows.range(0, 400_000));
    gateway.runFor(900);

    assertThat(gateway.calls.getLast().length).isGreaterThan(1_000);
    assertThat(gateway.dispatcher.meters().liveRowsMax()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void p99Risen_takesLessAndRecovers() {
    busy();
    int cap = gateway.dispatcher.meters().liveRowsMax();

    traffic(13);
    gateway.runFor(9_000);
    int yielded = gateway.dispatcher.meters().liveRowsMax();
    double rested = gateway.dispatcher.meters().yieldMillis();
    traffic(10);
    gateway.runFor(8_000);

    assertThat(yielded).isLessThanOrEqualTo(cap / 4);
    assertThat(rested).isGreaterThan(100);
    assertThat(gateway.dispatcher.meters().liveRowsMax()).isGreaterThan(cap / 2);
  }

  @Test
  void p99FarRisenForFiveSeconds_stopsUntilRecovered() {
    busy();

    traffic(25);
    gateway.runFor(7_500);
    int stopped = gateway.calls.size();
    gateway.runFor(2_000);
    int still = gateway.calls.size();
    traffic(14);
    gateway.runFor(1_500);

    assertThat(still).isEqualTo(stopped);
    assertThat(gateway.calls.size()).isGreaterThan(still);
  }
}
