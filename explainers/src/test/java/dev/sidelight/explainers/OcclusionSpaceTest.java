package dev.sidelight.explainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OcclusionSpaceTest {

  /** A row of ones; hidden players are 0. Player 1 cannot be hidden. */
  private record Bits(int n) implements Occlusion {
    @Override
    public List<FeatureGroup> players() {
      return IntStream.range(0, n)
          .mapToObj(i -> new FeatureGroup("p" + i, List.of(i), false))
          .toList();
    }

    @Override
    public Players places() {
      return new Players.Spans(List.of());
    }

    @Override
    public boolean isHideable(int player) {
      return player != 1;
    }

    @Override
    public Instances rows(List<BitSet> kept) {
      long[] values = new long[n * kept.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = kept.get(i / n).get(i % n) ? 1 : 0;
      }
      return Instances.of("x", new IntegerTensor(DataType.UINT8, List.of(kept.size(), n), values));
    }

    @Override
    public long rowBytes() {
      return 8L * n;
    }
  }

  @Property(tries = 100)
  void rows_anyRule_satisfyItWhateverTheBatch(
      @ForAll long stream, @ForAll @IntRange(min = 1, max = 100) int n, @ForAll int pick) {
    OcclusionSpace space = new OcclusionSpace(new Bits(n));
    AnchorRule rule = AnchorRule.EMPTY.with(Math.floorMod(pick, n));

    Instances whole = space.rows(List.of(new AnchorDraws(rule, stream, 0, 9)));
    Instances split =
        space.rows(
            List.of(new AnchorDraws(rule, stream, 0, 4), new AnchorDraws(rule, stream, 4, 5)));

    assertThat(split).isEqualTo(whole);
    AnchorDraws draws = new AnchorDraws(rule, stream, 0, 9);
    for (int r = 0; r < 9; r++) {
      assertThat(whole.tensors().get(0).tensor().number(r, rule.atom(0))).isEqualTo(1);
      for (int p = 0; p < n; p++) {
        boolean kept = whole.tensors().get(0).tensor().number(r, p) == 1;
        assertThat(space.holds(AnchorRule.EMPTY.with(p), draws, r)).isEqualTo(kept);
      }
    }
  }

  /** 20,000 draws: each player kept in 1/2 and each pair in 1/4 of them, within 4 sd. */
  @Test
  void rows_otherPlayers_areKeptInHalfOfTheDrawsIndependently() {
    int draws = 20_000;
    Instances rows =
        new OcclusionSpace(new Bits(70))
            .rows(List.of(new AnchorDraws(AnchorRule.EMPTY.with(5), 99, 0, draws)));

    for (int p = 0; p < 70; p++) {
      int kept = 0;
      int both = 0;
      for (int r = 0; r < draws; r++) {
        double here = rows.tensors().get(0).tensor().number(r, p);
        kept += (int) here;
        both += (int) (here * rows.tensors().get(0).tensor().number(r, (p + 1) % 70));
      }
      double half = p == 5 ? 1 : .5;
      double pair = p == 4 || p == 5 ? .5 : .25;
      assertThat((double) kept / draws).isBetween(half - .015, half + .015);
      assertThat((double) both / draws).isBetween(pair - .015, pair + .015);
    }
  }

  @Test
  void coverage_kPlayers_isTwoToTheMinusK() {
    OcclusionSpace space = new OcclusionSpace(new Bits(8));
    AnchorRule rule = AnchorRule.EMPTY.with(3).with(0).with(7);

    assertThat(space.coverage(AnchorRule.EMPTY)).isEqualTo(1);
    assertThat(space.coverage(rule)).isEqualTo(.125);
    assertThat(space.coverageInterval(rule)).isEqualTo(new Interval(.125, .125));
    assertThat(space.coverageOf()).isEqualTo("perturbations");
    assertThat(space.clauses(rule))
        .extracting(c -> c.condition().text())
        .containsExactly("p3", "p0", "p7");
  }

  @Test
  void canJoin_onlyWhatIsNotThereAndCanBeHidden() {
    OcclusionSpace space = new OcclusionSpace(new Bits(4));

    assertThat(space.canJoin(AnchorRule.EMPTY.with(2), 2)).isFalse();
    assertThat(space.canJoin(AnchorRule.EMPTY, 1)).isFalse();
    assertThat(space.canJoin(AnchorRule.EMPTY.with(2), 0)).isTrue();
    assertThat(space.atoms()).isEqualTo(4);
  }

  @Test
  void masker_hiddenPlayers_areTheBackgroundRow() {
    OcclusionMasker masker = new OcclusionMasker(new Bits(3));

    Instances rows =
        masker.rows(
            new Masker.Hybrids() {
              @Override
              public int size() {
                return 2;
              }

              @Override
              public int backgroundRow(int hybrid) {
                return 0;
              }

              @Override
              public boolean isFromX(int hybrid, int player) {
                return hybrid == 1 && player == 2;
              }
            });

    assertThat(masker.codes(0)).containsExactly(1);
    assertThat(masker.codes(1)).containsExactly(0);
    assertThat(rows.tensors().get(0).tensor().text(0, 0)).isEqualTo("0");
    assertThat(rows)
        .isEqualTo(
            Instances.of(
                "x",
                new IntegerTensor(DataType.UINT8, List.of(2, 3), new long[] {0, 1, 0, 0, 1, 1})));
  }
}
