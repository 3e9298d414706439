package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EProcessTest {

  @ParameterizedTest
  @CsvSource({
    "79, 0, 19.7875",
    "80, 0, 20.6703",
    "200, 2, 53.9907",
    "500, 10, 130.290",
    "100, 5, 0.400940"
  })
  void evidence_threshold95(int ok, int bad, double expected) {
    assertThat(StrictMath.exp(EProcess.log(ok, bad, 0.95)))
        .isEqualTo(expected, within(expected * 1e-5));
  }

  @ParameterizedTest
  @CsvSource({"80, 0, 0.950459", "200, 2, 0.956395", "2000, 40, 0.969546"})
  void lowerBound_alpha05(int ok, int bad, double expected) {
    assertThat(EProcess.lowerBound(ok, bad, 0.05)).isEqualTo(expected, within(1e-6));
    assertThat(EProcess.upperBound(bad, ok, 0.05)).isEqualTo(1 - expected, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "0.95, 0.1, 64",
    "0.95, 0.05, 80",
    "0.95, 0.016666666666666666, 104",
    "0.95, 0.008333333333333333, 120",
    "0.8, 0.05, 19",
    "0.9, 0.05, 39",
    "0.99, 0.05, 406"
  })
  void hitsToCertify(double threshold, double alpha, int expected) {
    int hits = 1;
    while (!EProcess.rejects(hits, 0, threshold, alpha)) {
      hits++;
    }

    assertThat(hits).isEqualTo(expected);
  }

  @Test
  void noRows_nothingIsKnown() {
    assertThat(EProcess.log(0, 0, 0.95)).isEqualTo(0, within(1e-12));
    assertThat(EProcess.lowerBound(0, 0, 0.05)).isZero();
    assertThat(EProcess.upperBound(0, 0, 0.05)).isEqualTo(1);
  }

  @Test
  void manyRows_noOverflow() {
    assertThat(EProcess.log(2_000_000, 0, 0.95)).isFinite().isGreaterThan(1e5);
    assertThat(EProcess.log(0, 2_000_000, 0.95)).isFinite().isLessThan(-1e5);
  }

  @Property(tries = 200)
  void bounds_encloseTheMean_andAcceptExactlyWhatTheTestAccepts(
      @ForAll @IntRange(max = 3_000) int ok,
      @ForAll @IntRange(max = 300) int bad,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double threshold) {
    double low = EProcess.lowerBound(ok, bad, 0.05);
    double high = EProcess.upperBound(ok, bad, 0.05);

    if (ok + bad > 0) {
      assertThat((double) ok / (ok + bad)).isBetween(low, high);
    }
    if (Math.abs(low - threshold) > 1e-9) {
      assertThat(low > threshold).isEqualTo(EProcess.rejects(ok, bad, threshold, 0.05));
    }
  }

  /** Looked at after every row, 20,000 times over: Ville's bound of 100 and three deviations. */
  @Test
  void precisionExactlyTheThreshold_seldomAccepted() {
    int[] needed = new int[20_001];
    for (int bad = 0, ok = 0; bad < needed.length; bad++) {
      while (ok <= 20_000 && !EProcess.rejects(ok, bad, 0.95, 0.05)) {
        ok++;
      }
      needed[bad] = ok;
    }
    Random random = new Random(20_260);
    int accepted = 0;
    for (int run = 0; run < 2_000; run++) {
      int bad = 0;
      for (int draws = 1; draws <= 20_000; draws++) {
        bad += random.nextDouble() < 0.95 ? 0 : 1;
        if (draws - bad >= needed[bad]) {
          accepted++;
          break;
        }
      }
    }

    assertThat(accepted).isBetween(20, 130);
  }
}
