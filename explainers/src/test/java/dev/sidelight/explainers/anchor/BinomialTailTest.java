package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BinomialTailTest {

  @Property(tries = 300)
  void atMost_isTheSumOfItsTerms(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(max = 60) int k,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double p) {
    double sum = 0;
    double term = Math.pow(1 - p, n);
    for (int i = 0; i <= Math.min(k, n); i++) {
      sum += term;
      term *= (n - i) / (i + 1.0) * p / (1 - p);
    }

    assertThat(Math.exp(BinomialTail.logAtMost(k, n, p))).isEqualTo(sum, within(1e-10));
  }

  @Test
  void posterior_allHits_closedForm() {
    assertThat(Math.exp(BinomialTail.logPosterior(96, 0, 0.96)))
        .isEqualTo(1 - Math.pow(0.96, 97), within(1e-12));
    assertThat(Math.exp(BinomialTail.logPosterior(0, 0, 0.96))).isEqualTo(0.04, within(1e-12));
  }

  @Test
  void posterior_hopeless_staysFiniteAndOrdered() {
    double worse = BinomialTail.logPosterior(100, 1_900, 0.96);
    double better = BinomialTail.logPosterior(200, 1_800, 0.96);

    assertThat(worse).isFinite().isLessThan(better);
    assertThat(better).isLessThan(-1_000);
  }

  @Test
  void clopperPearson_knownValues() {
    assertThat(BinomialTail.clopperPearson(0, 10).low()).isZero();
    assertThat(BinomialTail.clopperPearson(0, 10).high())
        .isEqualTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    assertThat(BinomialTail.clopperPearson(10, 10).low())
        .isEqualTo(Math.pow(0.025, 0.1), within(1e-9));
    assertThat(BinomialTail.clopperPearson(10, 10).high()).isEqualTo(1);
    assertThat(BinomialTail.clopperPearson(5, 10).low()).isEqualTo(0.187086, within(1e-6));
    assertThat(BinomialTail.clopperPearson(5, 10).high()).isEqualTo(0.812914, within(1e-6));
  }

  @Test
  void logGamma_factorials() {
    assertThat(BinomialTail.logGamma(1)).isEqualTo(0, within(1e-12));
    assertThat(BinomialTail.logGamma(11)).isEqualTo(Math.log(3_628_800), within(1e-11));
    assertThat(BinomialTail.logGamma(0.5)).isEqualTo(0.5 * Math.log(Math.PI), within(1e-11));
  }
}
