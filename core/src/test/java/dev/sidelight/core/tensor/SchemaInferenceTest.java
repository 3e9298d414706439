package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SchemaInferenceTest {

  private static SchemaInference.Result infer(Instances... batches) {
    SchemaInference inference = new SchemaInference();
    for (Instances batch : batches) {
      inference.add(batch);
    }
    return inference.result();
  }

  private static Feature only(Instances... batches) {
    return infer(batches).schema().features().get(0);
  }

  private static String[] words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "w" + i).toArray(String[]::new);
  }

  @Test
  void result_kindsAtTheirEdges() {
    assertThat(only(Rows.longs(LongStream.range(0, 10).toArray())).kind())
        .isEqualTo(FeatureKind.CATEGORICAL);
    assertThat(only(Rows.longs(LongStream.range(0, 11).toArray())).kind())
        .isEqualTo(FeatureKind.NUMERIC);
    assertThat(only(Rows.longs(7, 7)).kind()).isEqualTo(FeatureKind.CONSTANT);
    assertThat(only(Rows.reals(1, 2)).kind()).isEqualTo(FeatureKind.NUMERIC);
    assertThat(only(Rows.reals(Double.NaN, Double.NaN)).kind()).isEqualTo(FeatureKind.CONSTANT);
    assertThat(only(Rows.texts(words(256))).kind()).isEqualTo(FeatureKind.CATEGORICAL);
    assertThat(only(Rows.texts(words(257))).kind()).isEqualTo(FeatureKind.TEXT);
    Instances bool =
        Instances.of("x", new IntegerTensor(DataType.BOOL, List.of(2), new long[] {0, 1}));
    assertThat(only(bool).kind()).isEqualTo(FeatureKind.BOOLEAN);
  }

  @Test
  void result_muchTextBesideOtherColumns_isOpaque() {
    Instances rows =
        new Instances(
            List.of(
                new NamedTensor("note", BytesTensor.ofText(words(300))),
                new NamedTensor(
                    "n",
                    new DoubleTensor(
                        DataType.FP64,
                        List.of(300),
                        IntStream.range(0, 300).asDoubleStream().toArray()))));

    assertThat(infer(rows).schema().features().get(0).kind()).isEqualTo(FeatureKind.OPAQUE);
  }

  @Test
  void result_categoricalIntegers_keepTheirTypeAndOrder() {
    SchemaInference.Result result = infer(Rows.longs(10, 9, -1), Rows.longs(9));

    assertThat(result.schema().features().get(0).labels()).containsExactly("-1", "9", "10");
    assertThat(result.types()).containsExactly(DataType.INT64);
    assertThat(result.rows()).isEqualTo(4);
  }

  @Test
  void add_integersAndFractionsTakingTurns_areOneNumericColumn() {
    SchemaInference.Result result = infer(Rows.longs(1, 2), Rows.reals(2.5), Rows.longs(3));

    assertThat(result.types()).containsExactly(DataType.FP64);
    assertThat(result.schema().features().get(0).kind()).isEqualTo(FeatureKind.NUMERIC);
    assertThatThrownBy(() -> infer(Rows.longs(1), Rows.texts("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BYTES");
  }

  @Property(tries = 100)
  void result_doesNotDependOnHowRequestsCutTheRows(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 12) Integer> values,
      @ForAll @IntRange(min = 1, max = 10) int cut) {
    long[] all = values.stream().mapToLong(Integer::longValue).toArray();
    SchemaInference pieces = new SchemaInference();
    for (int from = 0; from < all.length; from += cut) {
      int to = Math.min(all.length, from + cut);
      pieces.add(Rows.longs(java.util.Arrays.copyOfRange(all, from, to)));
    }

    assertThat(pieces.result()).isEqualTo(infer(Rows.longs(all)));
  }

  private static Instances oneHot(int rows, List<String> names) {
    long[][] columns = new long[names.size()][rows];
    for (int r = 0; r < rows; r++) {
      columns[0][r] = r;
      columns[1 + r % (names.size() - 1)][r] = 1;
    }
    return Rows.columns(names, columns);
  }

  @Test
  void oneHot_samePrefixAndEnoughRows_isOnePlayer() {
    FeatureSchema schema =
        infer(oneHot(500, List.of("age", "country_US", "country_MX", "country_DE"))).schema();

    assertThat(schema.groups())
        .containsExactly(new FeatureGroup("country", List.of(1, 2, 3), true));
    assertThat(schema.players()).hasSize(2);
  }

  @Test
  void oneHot_twoGroupsSideBySide_areTwo() {
    int rows = 600;
    long[][] columns = new long[4][rows];
    for (int r = 0; r < rows; r++) {
      columns[r % 2][r] = 1;
      columns[2 + r / 2 % 2][r] = 1;
    }

    FeatureSchema schema =
        infer(Rows.columns(List.of("a=1", "a=2", "b=1", "b=2"), columns)).schema();

    assertThat(schema.groups()).extracting(FeatureGroup::name).containsExactly("a", "b");
  }

  @Test
  void oneHot_otherNames_isOnlySuggested() {
    SchemaInference.Result result = infer(oneHot(500, List.of("age", "us", "mx", "de")));

    assertThat(result.schema().groups()).isEmpty();
    assertThat(result.suggested())
        .containsExactly(new FeatureGroup("us..de", List.of(1, 2, 3), true));
  }

  @Test
  void oneHot_oneRowThatBreaksTheSumOrTooFewRows_isNone() {
    List<String> names = List.of("age", "c_a", "c_b");
    Instances broken = Rows.columns(names, new long[] {1}, new long[] {1}, new long[] {1});

    assertThat(infer(oneHot(500, names), broken).schema().groups()).isEmpty();
    assertThat(infer(oneHot(499, names)).schema().groups()).isEmpty();
    assertThat(infer(oneHot(500, names)).schema().groups()).hasSize(1);
  }

  @Test
  void names_followTensors() {
    Instances matrix =
        Instances.of("in", new DoubleTensor(DataType.FP64, List.of(1, 2), new double[2]));
    Instances mixed =
        new Instances(
            List.of(
                new NamedTensor("a", new DoubleTensor(DataType.FP64, List.of(1, 1), new double[1])),
                matrix.tensors().get(0),
                new NamedTensor("", BytesTensor.ofText("x"))));

    assertThat(SchemaInference.names(matrix)).containsExactly("f0", "f1");
    assertThat(SchemaInference.names(mixed)).containsExactly("a", "in[0]", "in[1]", "f3");
  }
}
