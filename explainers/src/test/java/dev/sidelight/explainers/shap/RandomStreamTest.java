package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void streams_repeatAndDifferBySeedPurposeAndIndex() {
    long first = new RandomStream(1, "design", 2).next();

    assertThat(new RandomStream(1, "design", 2).next()).isEqualTo(first);
    assertThat(new RandomStream(2, "design", 2).next()).isNotEqualTo(first);
    assertThat(new RandomStream(1, "jackknife", 2).next()).isNotEqualTo(first);
    assertThat(new RandomStream(1, "design", 3).next()).isNotEqualTo(first);
  }

  @Test
  void below_isUniform() {
    RandomStream random = new RandomStream(7, "test", 0);
    int[] counts = new int[10];
    for (int draw = 0; draw < 100_000; draw++) {
      counts[(int) random.below(10)]++;
    }

    double chiSquare =
        Arrays.stream(counts).mapToDouble(c -> (c - 10_000) * (c - 10_000) / 10_000.0).sum();
    assertThat(chiSquare).isLessThan(27.9); // 9 degrees, 0.1 %
  }

  @Test
  void permutation_holdsEveryNumberOnce() {
    int[] order = new RandomStream(7, "test", 0).permutation(1_000);

    assertThat(order).isNotEqualTo(java.util.stream.IntStream.range(0, 1_000).toArray());
    assertThat(Arrays.stream(order).distinct().count()).isEqualTo(1_000);
    assertThat(Arrays.stream(order).max().orElse(0)).isEqualTo(999);
  }

  @Test
  void compensatedSum_keepsWhatPlainAdditionLoses() {
    CompensatedSum sum = new CompensatedSum();
    for (double term : new double[] {1, 1e100, 1, -1e100}) {
      sum.add(term);
    }

    assertThat(sum.value()).isEqualTo(2);
  }
}
