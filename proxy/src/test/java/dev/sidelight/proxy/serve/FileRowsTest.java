package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.Instances;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FileRowsTest {

  private static FileRows file(int rows) {
    return new FileRows(Rows.of(wholes("x", LongStream.range(0, rows).toArray())), 3);
  }

  private static long[] values(Instances rows) {
    return LongStream.range(0, rows.rows())
        .map(r -> (long) rows.tensors().get(0).tensor().number((int) r, 0))
        .toArray();
  }

  @Test
  void background_smallFile_isAllOfItAndNothingIsAsked() {
    assertThat(file(100).isUndecided()).isFalse();
    assertThat(values(file(100).background())).hasSize(100);
  }

  @Test
  void background_largeFile_isInProportionToWhatTheModelSays() {
    FileRows file = file(1_000);
    int[] candidates = file.candidates();
    int[] strata = Arrays.stream(candidates).map(row -> row % 10 == 0 ? 0 : 1).toArray();

    assertThat(file.isUndecided()).isTrue();
    file.decide(candidates, strata, new BitSet());

    assertThat(file.isUndecided()).isFalse();
    assertThat(candidates).hasSize(1_000);
    long[] chosen = values(file.background());
    assertThat(chosen).hasSize(100).doesNotHaveDuplicates();
    assertThat(Arrays.stream(chosen).filter(x -> x % 10 == 0).count()).isEqualTo(10);
  }

  @Test
  void background_rowsThatTheModelRefuses_areNotInIt() {
    FileRows file = file(300);
    BitSet refused = new BitSet();
    refused.set(0, 150);

    file.decide(file.candidates(), new int[300], refused);

    assertThat(values(file.background())).hasSize(100);
    assertThat(Arrays.stream(values(file.background())).min().orElseThrow())
        .isGreaterThanOrEqualTo(150);
  }

  @Test
  void candidates_hugeFile_areSomeOfAllParts() {
    int[] candidates = file(50_000).candidates();

    assertThat(candidates).hasSize(FileRows.ASKED_MAX).doesNotHaveDuplicates();
    assertThat(Arrays.stream(candidates).filter(row -> row < 25_000).count())
        .isBetween(900L, 1_100L);
  }

  @Test
  void background_neverAsked_hasTheSameChanceForAll() {
    assertThat(values(file(1_000).background())).hasSize(100).doesNotHaveDuplicates();
  }
}
