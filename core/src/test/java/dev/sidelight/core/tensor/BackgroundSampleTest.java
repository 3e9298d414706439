package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackgroundSampleTest {

  @Test
  void choose_sharesByLargestRemainder() {
    // 7 of 10: 3.5, 2.1, 1.4 -> 4, 2, 1
    int[] strata = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};

    int[] chosen = BackgroundSample.choose(strata, 7, 1);

    assertThat(chosen).isSorted().doesNotHaveDuplicates();
    int[] counts = new int[3];
    Arrays.stream(chosen).forEach(r -> counts[strata[r]]++);
    assertThat(counts).containsExactly(4, 2, 1);
  }

  @Property(tries = 100)
  void choose_anyStrata_withinOneOfProportional(
      @ForAll @IntRange(min = 2, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 120) int size,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] strata = IntStream.range(0, n).map(_ -> random.nextInt(5)).toArray();

    int[] chosen = BackgroundSample.choose(strata, size, seed);

    assertThat(chosen).hasSize(Math.min(n, size)).doesNotHaveDuplicates();
    for (int s = 0; s < 5; s++) {
      int stratum = s;
      double all = Arrays.stream(strata).filter(x -> x == stratum).count();
      double taken = Arrays.stream(chosen).filter(r -> strata[r] == stratum).count();
      assertThat(Math.abs(taken - all * chosen.length / n)).isLessThan(1);
    }
  }

  @Test
  void choose_insideAStratum_everyRowHasTheSameChance() {
    int[] kept = new int[20];
    for (int run = 0; run < 10_000; run++) {
      for (int r : BackgroundSample.choose(new int[20], 5, run)) {
        kept[r]++;
      }
    }
    assertThat(Arrays.stream(kept).boxed())
        .allSatisfy(k -> assertThat(k).isBetween(2300, 2700)); // 4.6 sigma
  }

  @Test
  void strata_scoresLabelsAndProbabilities() {
    double[] scores = IntStream.range(0, 100).mapToDouble(i -> -i).toArray();
    assertThat(BackgroundSample.strata(Rows.reals(scores)))
        .startsWith(9, 9)
        .endsWith(0, 0)
        .hasSize(100);
    assertThat(BackgroundSample.strata(Rows.reals(1, 1, 1))).containsExactly(0, 0, 0);
    assertThat(BackgroundSample.strata(Rows.texts("no", "yes", "no"))).containsExactly(0, 1, 0);
    assertThat(BackgroundSample.strata(Rows.longs(5, 3, 5))).containsExactly(0, 1, 0);
    Instances proba =
        Instances.of(
            "p", new DoubleTensor(DataType.FP64, List.of(2, 2), new double[] {.9, .1, .2, .8}));
    assertThat(BackgroundSample.strata(proba)).containsExactly(0, 1);
  }
}
