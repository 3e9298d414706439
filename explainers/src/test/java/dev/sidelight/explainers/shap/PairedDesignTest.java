package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedDesignTest {

  private static Set<Coalition> taken(PairedDesign design, int[] plan) {
    Set<Coalition> taken = new HashSet<>();
    for (int s = 1; s < plan.length; s++) {
      for (int j = 0; j < plan[s]; j++) {
        assertThat(taken.add(design.pair(s, j))).as("no repetition").isTrue();
        assertThat(taken.add(design.pair(s, j).complement())).as("no repetition").isTrue();
      }
    }
    return taken;
  }

  @Test
  void plan_twelvePlayers96Pairs_sizesUniformOnceTheSmallestIsEnumerated() {
    int[] plan = new PairedDesign(12, 1).plan(96);

    assertThat(plan[1]).isEqualTo(12);
    for (int s = 2; s <= 5; s++) {
      assertThat(plan[s]).isBetween(18, 19); // 168 coalitions over nine sizes: 18.67 each
    }
    assertThat(plan[6]).isBetween(9, 10);
    assertThat(Arrays.stream(plan).sum()).isEqualTo(96);
  }

  @Test
  void plan_upToFourPerPlayer_allSingletonsThenUniform() {
    int[] plan = new PairedDesign(30, 1).plan(120);

    assertThat(plan[1]).isEqualTo(30);
    for (int s = 2; s <= 14; s++) {
      assertThat(plan[s]).isBetween(6, 7); // 90 pairs over 13.5 classes: 6.67 each
    }
    assertThat(plan[15]).isBetween(3, 4);
    assertThat(Arrays.stream(plan).sum()).isEqualTo(120);
  }

  @ParameterizedTest
  @CsvSource({"7, 10", "12, 48", "13, 52", "30, 120", "65, 260", "200, 800", "1024, 1024"})
  void rounds_areNested(int players, int first) {
    PairedDesign design = new PairedDesign(players, 7);
    int[] before = design.plan(first);
    Set<Coalition> kept = taken(design, before);
    design.take(before);

    int[] after = design.plan(2 * first);
    Set<Coalition> all = taken(design, after);

    assertThat(all).containsAll(kept).hasSize(4 * first);
    assertThat(all).allMatch(c -> c.size() > 0 && c.size() < players);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 10})
  void plan_everything_isEveryCoalitionOnce(int players) {
    PairedDesign design = new PairedDesign(players, 3);
    int all = (int) design.pairsMax();

    assertThat(taken(design, design.plan(all))).hasSize((1 << players) - 2);
    assertThat(design.enumerates(all)).isTrue();
    assertThat(design.enumerates(all - 1)).isFalse();
  }

  @Test
  void plan_neverShorterThanWhatWasTaken() {
    for (int first = 20; first < 400; first += 7) {
      PairedDesign design = new PairedDesign(20, first);
      design.take(design.plan(first));

      int[] next = design.plan(first + 1);

      assertThat(IntStream.rangeClosed(1, 10).allMatch(s -> next[s] >= design.count(s))).isTrue();
      assertThat(Arrays.stream(next).sum()).isEqualTo(first + 1);
    }
  }

  @Test
  void order_middleSizeHoldsPlayerZero() {
    SizeOrder order = new SizeOrder(6, 3, 5);

    assertThat(order.pairs()).isEqualTo(10);
    assertThat(IntStream.range(0, 10).mapToObj(order::get))
        .allMatch(c -> c.has(0))
        .doesNotHaveDuplicates();
  }

  @Test
  void order_everyPairEquallyOftenFirst() {
    int[] first = new int[15];
    for (int seed = 0; seed < 6_000; seed++) {
      Coalition drawn = new SizeOrder(6, 2, seed).get(0);
      int rank = 0;
      for (int i = 0; i < 6; i++) {
        for (int j = i + 1; j < 6; j++, rank++) {
          first[rank] += drawn.has(i) && drawn.has(j) ? 1 : 0;
        }
      }
    }

    double chiSquare = Arrays.stream(first).mapToDouble(c -> (c - 400) * (c - 400) / 400.0).sum();
    assertThat(chiSquare).isLessThan(36.1); // 14 degrees, 0.1 %
  }

  @Test
  void order_largeSizes_playersEquallyOften() {
    SizeOrder order = new SizeOrder(100, 40, 9);
    int[] holds = new int[100];
    for (int j = 0; j < 3_000; j++) {
      assertThat(order.get(j).size()).isEqualTo(40);
      for (int i = 0; i < 100; i++) {
        holds[i] += order.get(j).has(i) ? 1 : 0;
      }
    }

    double variance = 3_000 * 0.4 * 0.6;
    double chiSquare =
        Arrays.stream(holds).mapToDouble(c -> (c - 1_200) * (c - 1_200) / variance).sum();
    assertThat(chiSquare).isBetween(60.0, 150.0);
  }

  @Test
  void binomials_stopAtTheBound() {
    assertThat(Binomials.choose(12, 5)).isEqualTo(792);
    assertThat(Binomials.choose(50, 25)).isEqualTo(126_410_606_437_752L);
    assertThat(Binomials.choose(1_024, 512)).isEqualTo(Binomials.MANY);
    assertThat(Binomials.choose(5, 6)).isZero();
  }
}
