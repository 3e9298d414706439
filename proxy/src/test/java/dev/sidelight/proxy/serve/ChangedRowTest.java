package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedRowTest {

  private static Tensor of(DataType type) {
    List<Integer> shape = List.of(1, 1);
    return switch (type) {
      case BYTES -> new BytesTensor(shape, new byte[][] {{'a'}});
      case FP64 -> new DoubleTensor(type, shape, new double[] {1.5});
      case FP32, FP16, BF16 -> new FloatTensor(type, shape, new float[] {1.5f});
      default -> new IntegerTensor(type, shape, new long[] {1});
    };
  }

  private static String changed(DataType type, String text) {
    Instances row = Instances.of("x", of(type));
    return ChangedRow.of(row, Map.of(0, text)).tensors().get(0).tensor().text(0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "BYTES, ' Größe 😀', ' Größe 😀'",
    "FP64, ' 0.1 ', 0.1",
    "FP64, NaN, NaN",
    "FP32, 0.1, 0.1",
    "FP16, 0.1, 0.099975586",
    "BF16, 1.0, 1.0",
    "INT8, -128, -128",
    "UINT8, 255, 255",
    "UINT32, 4294967295, 4294967295",
    "INT64, 9007199254740993, 9007199254740993",
    "UINT64, 18446744073709551615, 18446744073709551615",
    "BOOL, true, true",
    "BOOL, 0, false"
  })
  void change_aValueOfItsType_isThatValue(DataType type, String text, String expected) {
    assertThat(changed(type, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "FP64, much",
    "FP64, 1e999",
    "FP64, -Infinity",
    "FP32, 1e39",
    "FP16, 70000",
    "INT8, 128",
    "INT8, 1.0",
    "UINT8, -1",
    "UINT16, 65536",
    "INT64, 9223372036854775808",
    "UINT64, 18446744073709551616",
    "BOOL, 2",
    "INT32, true"
  })
  void change_noValueOfItsType_isRefusedWithoutTellingIt(DataType type, String text) {
    assertThatThrownBy(() -> changed(type, text))
        .isInstanceOfSatisfying(
            ServeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("parameter_range");
              assertThat(e.pointer()).isEqualTo("/column/0");
              assertThat(e.expected()).contains(type.name());
            })
        .message()
        .doesNotContain(text);
  }

  @Test
  void change_columnsOfSeveralTensors_othersStay() {
    Instances row =
        new Instances(
            List.of(
                new NamedTensor(
                    "a", new DoubleTensor(DataType.FP64, List.of(1, 2), new double[] {1, 2})),
                new NamedTensor("b", of(DataType.INT64)),
                new NamedTensor("c", of(DataType.BYTES))));

    Instances changed = ChangedRow.of(row, Map.of(1, "7", 3, "z"));

    assertThat(changed.tensors().get(0).tensor().number(0, 0)).isEqualTo(1);
    assertThat(changed.tensors().get(0).tensor().number(0, 1)).isEqualTo(7);
    assertThat(changed.tensors().get(1)).isEqualTo(row.tensors().get(1));
    assertThat(changed.tensors().get(2).tensor().text(0, 0)).isEqualTo("z");
    assertThat(row.tensors().get(0).tensor().number(0, 1)).as("the original").isEqualTo(2);
  }
}
