package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParseAllowanceTest {

  private static final long SECOND = 1_000_000;

  @Test
  void take_burstThenRate_theRestIsStoodFor() {
    ParseAllowance allowance = new ParseAllowance(10, 2);
    long parsed = 0;
    long stoodFor = 0;

    for (int i = 0; i < 1000; i++) {
      long weight = allowance.take(i * SECOND / 100, 100);
      parsed += weight > 0 ? 1 : 0;
      stoodFor += weight;
    }

    assertThat(parsed).isBetween(28L, 31L); // 10 at once, then 2 a second for 10 s
    assertThat(stoodFor).isBetween(900L, 1000L); // all but those after the last one parsed
  }

  @Test
  void take_largeRequests_costWhatTheyWeigh() {
    ParseAllowance allowance = new ParseAllowance(100, 1);
    long parsed = 0;

    for (int i = 0; i < 1000; i++) {
      parsed += allowance.take(0, 20 * 2048) > 0 ? 1 : 0;
    }

    assertThat(parsed).isEqualTo(5); // 21 tokens each, the last one on credit
    assertThat(allowance.take(2 * SECOND, 1)).isZero();
    assertThat(allowance.take(7 * SECOND, 1)).isEqualTo(997);
  }
}
