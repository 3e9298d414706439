package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What merging buys on a serial predictor of L = 4 ms and c = 2 us, in the server's own time. */
class ThroughputTest {

  private final VirtualGateway gateway = new VirtualGateway();
  private int names;

  /** Rows per second of so many sessions that ask as soon as they are answered. */
  private double rowsPerSecond(int sessions, int rows, double millis) {
    Ask[] asks = new Ask[sessions];
    Arrays.setAll(asks, s -> ask(gateway.open(), rows));
    long before = gateway.dispatcher.meters().sent();
    for (double at = 0; at < millis; at += 0.2) {
      gateway.runFor(0.2);
      for (int s = 0; s < sessions; s++) {
        asks[s] = asks[s].isDone() ? ask(asks[s].owner, rows) : asks[s];
      }
    }
    return (gateway.dispatcher.meters().sent() - before) / millis * 1000;
  }

  private Ask ask(Owner owner, int rows) {
    names += rows;
    return gateway.ask(owner, Rows.range(names - rows, rows));
  }

  @Test
  void sessionsTogether_tenTimesTheRoundsOfOneCallAtATime() {
    double callByCall = 1000 / gateway.latencyMillis.applyAsDouble(100);

    double merged = rowsPerSecond(64, 100, 1_000) / 100;

    assertThat(merged / callByCall).isGreaterThan(10);
  }

  @Test
  void saturated_85PercentOfWhatTheServerCanDo() {
    rowsPerSecond(32, 2_000, 500);

    double rows = rowsPerSecond(32, 2_000, 500);

    assertThat(rows * 2e-6).isBetween(0.85, 1.0);
  }
}
