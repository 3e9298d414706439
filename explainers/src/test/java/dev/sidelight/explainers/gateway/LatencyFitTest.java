package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyFitTest {

  private final LatencyFit fit = new LatencyFit();

  private void observe(int calls, double fixed, double perRow, SplittableRandom random) {
    for (int i = 0; i < calls; i++) {
      int n = 64 + random.nextInt(2000);
      fit.observe(n, (fixed + perRow * n) * (1 + 0.02 * random.nextGaussian()));
    }
  }

  private void assertFound(double fixed, double perRow) {
    assertThat(fit.fixed()).isCloseTo(fixed, within(0.1 * fixed));
    assertThat(fit.perRow()).isCloseTo(perRow, within(0.1 * perRow));
    assertThat(fit.isKnown()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void observe_fiftyNoisyCalls_withinTenPercent(long seed) {
    observe(50, 4, 0.002, new SplittableRandom(seed));

    assertFound(4, 0.002);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void observe_afterAStep_withinTenPercentInForty(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    observe(50, 4, 0.002, random);

    observe(40, 12, 0.006, random);

    assertFound(12, 0.006);
  }

  @Test
  void observe_stalls_areLeftOut() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      observe(4, 4, 0.002, random);
      if (i > 4) {
        fit.observe(500, 400);
      }
    }

    assertFound(4, 0.002);
  }

  @Test
  void fixedAndPerRow_areNeverNegative() {
    fit.observe(10, 5);
    fit.observe(100, 4);
    fit.observe(1000, 1);

    assertThat(fit.perRow()).isZero();
    assertThat(fit.fixed()).isBetween(1.0, 5.0);

    fit.reset();
    fit.observe(100, 1);
    fit.observe(200, 30);
    assertThat(fit.fixed()).isZero();
    assertThat(fit.perRow()).isPositive();
  }

  @Test
  void isKnown_callsOfOneSize_isFalse() {
    for (int i = 0; i < 50; i++) {
      fit.observe(64, 4 + i % 3);
    }

    assertThat(fit.isKnown()).isFalse();
    assertThat(fit.fixed()).isCloseTo(5, within(0.1));
  }
}
