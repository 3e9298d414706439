package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Masker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TabularMaskerTest {

  private static Instances mixed(long id, float half, String text, String opaque) {
    return new Instances(
        List.of(
            new NamedTensor("id", new IntegerTensor(DataType.INT64, List.of(1), new long[] {id})),
            new NamedTensor("h", new FloatTensor(DataType.FP16, List.of(1), new float[] {half})),
            new NamedTensor("t", BytesTensor.ofText(text)),
            new NamedTensor("o", BytesTensor.ofText(opaque))));
  }

  private static final FeatureSchema SCHEMA =
      FeatureSchema.of(
          List.of(
              Feature.numeric("id"),
              Feature.numeric("h"),
              new Feature("t", FeatureKind.TEXT, List.of()),
              new Feature("o", FeatureKind.OPAQUE, List.of())));

  private static Background background(Masker masker) {
    return new BackgroundBuilder(masker).build();
  }

  private static Instances rows(Masker masker, HybridTable hybrids, int from, int to) {
    return masker.rows(
        new HybridBlock(hybrids, background(masker), masker.players().size(), from, to));
  }

  @Test
  void rows_areBitEqualToTheirSources_andOpaqueColumnsStay() {
    Instances x = mixed((1L << 53) + 1, 0.1f, "<x>", "mine");
    Instances b = mixed((1L << 53) + 2, -0.0f, "é", "theirs");
    Masker masker =
        new TabularMasker(x, new ReferenceSet("r", SCHEMA, b, new double[] {1}, "file"));
    HybridTable hybrids = new HybridTable(background(masker));

    hybrids.add(0, Coalition.of(3, 1).words());
    hybrids.add(0, Coalition.of(3, 0, 2).words());

    assertThat(rows(masker, hybrids, 0, 1)).isEqualTo(mixed((1L << 53) + 2, 0.1f, "é", "mine"));
    assertThat(rows(masker, hybrids, 1, 2)).isEqualTo(mixed((1L << 53) + 1, -0.0f, "<x>", "mine"));
  }

  @Test
  void players_onlyThoseThatDifferSomewhere() {
    Instances x = mixed(5, 1, "same", "mine");
    Instances b = Instances.stack(List.of(mixed(5, 1, "same", "a"), mixed(5, 2, "same", "b")));

    Masker masker =
        new TabularMasker(x, new ReferenceSet("r", SCHEMA, b, new double[] {1, 1}, "file"));

    assertThat(masker.players()).extracting(FeatureGroup::name).containsExactly("id", "h", "t");
    assertThat(background(masker).active()).containsExactly(1);
    assertThat(background(masker).groups()).isEqualTo(2);
    assertThat(background(masker).weight()).containsExactly(0.5, 0.5);
  }

  @Test
  void weightZero_takesNoPart() {
    Instances x = mixed(5, 1, "same", "mine");
    Instances b = Instances.stack(List.of(mixed(5, 1, "same", "a"), mixed(6, 2, "same", "b")));

    Masker masker =
        new TabularMasker(x, new ReferenceSet("r", SCHEMA, b, new double[] {1, 0}, "file"));

    assertThat(background(masker).active()).isEmpty();
  }

  @Test
  void groupOfColumns_movesTogether() {
    FeatureSchema grouped =
        new FeatureSchema(
            SCHEMA.features(),
            List.of(new FeatureGroup("both", List.of(0, 2), false)),
            List.of(),
            Set.of());
    Masker masker =
        new TabularMasker(
            mixed(1, 1, "x", "o"),
            new ReferenceSet("r", grouped, mixed(2, 1, "x", "o"), new double[] {1}, "file"));

    assertThat(masker.players()).extracting(FeatureGroup::name).containsExactly("both", "h");
    assertThat(background(masker).active()).containsExactly(0);
  }

  @Test
  void table_numbersDistinctRowsOnce_andForgetsTheLast() {
    Random random = new Random(3);
    double[][] background = new double[40][70];
    for (double[] row : background) {
      for (int c = 0; c < row.length; c++) {
        row[c] = random.nextInt(2);
      }
    }
    Masker masker = new TabularMasker(Games.rows(new double[70]), Games.reference(background));
    HybridTable hybrids = new HybridTable(background(masker));
    int n = background(masker).players();
    Map<List<Double>, Integer> expected = new HashMap<>();

    for (int draw = 0; draw < 5_000; draw++) {
      int before = hybrids.size();
      int group = random.nextInt(background(masker).groups());
      int[] members = random.ints(0, n).distinct().limit(draw % 2 == 0 ? 1 : n - 1).toArray();
      Coalition coalition = Coalition.of(n, members);
      int number = hybrids.add(group, coalition.words());
      Instances row = rows(masker, hybrids, number, number + 1);
      List<Double> key = java.util.Arrays.stream(Games.numbers(row, 0)).boxed().toList();
      assertThat(expected.merge(key, number, (known, _) -> known)).isEqualTo(number);
      assertThat(hybrids.find(group, coalition.words())).isEqualTo(number);
      if (draw % 10 == 9 && hybrids.size() > before) {
        hybrids.truncate(before);
        expected.remove(key);
      }
    }

    assertThat(hybrids.size()).isEqualTo(expected.size()).isGreaterThan(100);
  }
}
