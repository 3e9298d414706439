package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowShapeTest {

  private static Instances integers(long... values) {
    return Instances.of("y", new IntegerTensor(DataType.INT64, List.of(values.length), values));
  }

  @Test
  void readThenWrite_everyType_isIdentity() {
    Instances rows =
        new Instances(
            List.of(
                new NamedTensor(
                    "big",
                    new IntegerTensor(
                        DataType.UINT64, List.of(2, 1), new long[] {-1, (1L << 53) + 1})),
                new NamedTensor("text", BytesTensor.ofText("a<b", "\u00fc")),
                new NamedTensor(
                    "half",
                    new FloatTensor(DataType.FP16, List.of(2, 2), new float[] {1, -0f, 0.5f, 2})),
                new NamedTensor(
                    "double",
                    new DoubleTensor(
                        DataType.FP64, List.of(2), new double[] {Double.MIN_VALUE, -1e300}))));
    RowShape shape = RowShape.of(rows);

    Instances again = shape.write(List.of(shape.read(rows, 0), shape.read(rows, 1)));

    assertThat(again).isEqualTo(rows);
  }

  @Test
  void join_wholeAndBrokenNumbers_areDoubles() {
    Instances whole = integers(1);
    Instances broken = Rows.answer(0.5);
    RowShape one = RowShape.of(whole);
    RowShape two = RowShape.of(broken);

    Instances both = one.join(two).write(List.of(one.read(whole, 0), two.read(broken, 0)));

    assertThat(one.fits(two)).isTrue();
    assertThat(both).isEqualTo(Rows.answer(1, 0.5));
    assertThat(one.join(RowShape.of(integers(7)))).isEqualTo(one);
  }

  @Test
  void fits_otherNameOrText_isFalse() {
    RowShape number = RowShape.of(integers(1));

    assertThat(number.fits(RowShape.of(Instances.of("y", BytesTensor.ofText("1"))))).isFalse();
    assertThat(
            number.fits(
                RowShape.of(
                    Instances.of(
                        "z", new IntegerTensor(DataType.INT64, List.of(1), new long[] {1})))))
        .isFalse();
  }

  @Test
  void distinctRows_grows_countsEachOnce() {
    DistinctRows rows = new DistinctRows();

    for (int i = 0; i < 3_000; i++) {
      rows.add(new RowHash(i % 1_000 * 31L, i % 1_000 * 7L + 1));
    }

    assertThat(rows.size()).isEqualTo(1_000);
  }

  @Test
  void cache_bytesBound_leastRecentlyUsedGoes() {
    RowValues value = RowShape.of(integers(1)).read(integers(1), 0);
    RowCache cache = new RowCache(3L * (RowCache.OVERHEAD + value.weight()));
    for (int i = 0; i < 3; i++) {
      cache.put(new RowHash(0, i), value, 100);
    }

    cache.get(new RowHash(0, 0), 1);
    cache.put(new RowHash(0, 3), value, 100);

    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.get(new RowHash(0, 1), 1)).isNull();
    assertThat(cache.get(new RowHash(0, 0), 1)).isNotNull();
    assertThat(cache.get(new RowHash(0, 0), 100)).isNull();
    cache.clear();
    assertThat(cache.bytes()).isZero();
  }
}
