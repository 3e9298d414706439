package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConformTest {

  private static final Instances FILE =
      Rows.columns(List.of("b", "a"), new long[] {1, 2, 3}, new long[] {10, 20, 30});

  private static Instances matrix(DataType type) {
    return Instances.of("in", new FloatTensor(type, List.of(1, 2), new float[2]));
  }

  @Test
  void conform_columnsToOneMatrix_byPosition() {
    assertThat(Conform.conform(FILE, matrix(DataType.FP32)))
        .isEqualTo(
            Instances.of(
                "in",
                new FloatTensor(DataType.FP32, List.of(3, 2), new float[] {1, 10, 2, 20, 3, 30})));
  }

  @Test
  void conform_columnsToNamedTensors_byName() {
    Instances like =
        new Instances(
            List.of(
                new NamedTensor("a", new DoubleTensor(DataType.FP64, List.of(1, 1), new double[1])),
                new NamedTensor("b", BytesTensor.ofText("x"))));

    Instances rows = Conform.conform(FILE, like);

    assertThat(rows.tensor("a").orElseThrow().number(2, 0)).isEqualTo(30);
    assertThat(rows.tensor("a").orElseThrow().shape()).containsExactly(3, 1);
    assertThat(rows.tensor("b").orElseThrow().text(2, 0)).isEqualTo("3");
  }

  @Test
  void conform_namesOfTheSchema_pickFromAMatrixByName() {
    Instances rows = Conform.conform(FILE, List.of("a", "b"), matrix(DataType.FP32));

    assertThat(rows.tensors().get(0).tensor().number(0, 0)).isEqualTo(10);
  }

  @Test
  void conform_whatDoesNotFit_namesColumnAndRow() {
    Instances bytes =
        new Instances(
            List.of(
                new NamedTensor("x", new IntegerTensor(DataType.INT8, List.of(1), new long[1]))));

    assertThatThrownBy(() -> Conform.conform(Rows.longs(1, 300), bytes))
        .hasMessage("column 'x', row 2: the value does not fit INT8");
    assertThatThrownBy(() -> Conform.conform(Rows.reals(1.5), bytes))
        .hasMessage("column 'x', row 1: the model takes INT8, not a fraction");
    assertThatThrownBy(() -> Conform.conform(Rows.texts("a"), bytes))
        .hasMessageContaining("a text where the model takes INT8");
    assertThatThrownBy(() -> Conform.conform(Rows.longs(1), matrix(DataType.FP32)))
        .hasMessageContaining("have 2 columns, the reference rows 1");
    assertThatThrownBy(
            () ->
                Conform.conform(
                    Rows.reals(1e300, 1),
                    Instances.of("x", new FloatTensor(DataType.FP32, List.of(1), new float[1]))))
        .hasMessageContaining("does not fit FP32");
  }

  @Test
  void widened_requestOfIntegersBesideFractions_becomesReal() {
    assertThat(Conform.widened(Rows.longs(3), Rows.reals(3.5))).isEqualTo(Rows.reals(3));
    assertThat(Conform.widened(Rows.longs(3), Rows.longs(4))).isEqualTo(Rows.longs(3));
    Instances file =
        Instances.of("income", new DoubleTensor(DataType.FP64, List.of(1), new double[] {.5}));
    assertThat(Conform.widened(Rows.longs(3), file)).isEqualTo(Rows.reals(3));
  }
}
