package dev.sidelight.core.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplingTest {

  @Test
  void xxh64_oracles() {
    assertThat(XxHash64.hash(new byte[0], 0)).isEqualTo(0xef46db3751d8e999L);
    assertThat(XxHash64.hash("abc".getBytes(US_ASCII), 0)).isEqualTo(0x44bc2cf5ad770999L);
    // xxhsum's own sanity checks use longer inputs; this one passes through all four lanes
    assertThat(XxHash64.hash("Nobody inspects the spammish repetition".getBytes(US_ASCII), 0))
        .isEqualTo(0xfbcea83c8a378bf1L);
  }

  @Test
  void place_oracle() {
    assertThat(Sampling.place("order-1")).isCloseTo(0.2331429, within(1e-7));
    assertThat(Sampling.keeps("order-1", 0.25)).isTrue();
    assertThat(Sampling.keeps("order-1", 0.2)).isFalse();
  }

  @Test
  void keeps_countsAndSubsets() {
    int tenth = 0;
    int hundredth = 0;
    for (int i = 0; i < 100_000; i++) {
      boolean inTenth = Sampling.keeps("req-" + i, 0.1);
      boolean inHundredth = Sampling.keeps("req-" + i, 0.01);
      assertThat(inTenth || !inHundredth).isTrue();
      tenth += inTenth ? 1 : 0;
      hundredth += inHundredth ? 1 : 0;
    }

    assertThat(tenth).isEqualTo(10_079);
    assertThat(hundredth).isEqualTo(1_005);
  }

  @Test
  void keeps_edges() {
    assertThat(Sampling.keeps("x", 1)).isTrue();
    assertThat(Sampling.keeps("x", 0)).isFalse();
  }
}
