package dev.sidelight.explainers;

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
  void at_oneDrawsNumbersDoNotMoveAnothers() {
    long key = RandomStream.key(7, "test");
    RandomStream first = RandomStream.at(key, 0);
    long second = RandomStream.at(key, 1).next();
    first.next();
    first.next();

    assertThat(RandomStream.at(key, 1).next()).isEqualTo(second);
    assertThat(RandomStream.at(key, 0).next()).isNotEqualTo(second);
    assertThat(RandomStream.at(RandomStream.key(8, "test"), 1).next()).isNotEqualTo(second);
    assertThat(RandomStream.at(RandomStream.key(7, "tset"), 1).next()).isNotEqualTo(second);
  }
}
