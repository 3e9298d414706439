package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackTest {

  private static Instances batch(long number, double real, String text) {
    return new Instances(
        List.of(
            new NamedTensor(
                "n", new IntegerTensor(DataType.INT64, List.of(1), new long[] {number})),
            new NamedTensor(
                "h", new FloatTensor(DataType.FP16, List.of(1, 2), new float[] {1f, 2f})),
            new NamedTensor("d", new DoubleTensor(DataType.FP64, List.of(1), new double[] {real})),
            new NamedTensor("t", BytesTensor.ofText(text))));
  }

  @Test
  void stack_everyKindOfTensor_rowsComeBackBitForBit() {
    Instances one = batch((1L << 53) + 1, -0.0, "<a>");
    Instances two = batch(-7, Double.NaN, "é");

    Instances both = Instances.stack(List.of(one, two, one));

    assertThat(both.rows()).isEqualTo(3);
    assertThat(both.rowsAt(0)).isEqualTo(one);
    assertThat(both.rowsAt(1)).isEqualTo(two);
    assertThat(both.rowsAt(2)).isEqualTo(one);
  }

  @Test
  void stack_otherTypeUnderTheSameName_isRefused() {
    Instances ints = Instances.of("x", new IntegerTensor(DataType.INT64, List.of(1), new long[1]));
    Instances reals = Instances.of("x", new DoubleTensor(DataType.FP64, List.of(1), new double[1]));

    assertThatThrownBy(() -> Instances.stack(List.of(ints, reals)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FP64[1]");
  }

  @Test
  void stack_otherTrailingShape_isRefused() {
    Instances narrow =
        Instances.of("x", new DoubleTensor(DataType.FP64, List.of(1, 2), new double[2]));
    Instances wide =
        Instances.of("x", new DoubleTensor(DataType.FP64, List.of(1, 3), new double[3]));

    assertThatThrownBy(() -> Instances.stack(List.of(narrow, wide)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
