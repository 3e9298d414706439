package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReservoirTest {

  /*
   * 10,000 runs keep 5 of 20 rows; under uniformity each row is kept 2,500 times. The statistic sum
   * (o - e)^2 / (e (1 - 5/20)) * 19/20 is chi-square with 19 degrees; its 0.999 quantile is 43.8.
   */
  @Test
  void rows_everyRowHasTheSameChance() {
    long[] kept = new long[20];
    for (int run = 0; run < 10_000; run++) {
      Reservoir reservoir = new Reservoir(5, run);
      reservoir.add(Rows.longs(LongStream.range(0, 7).toArray()));
      reservoir.add(Rows.longs(LongStream.range(7, 20).toArray()));
      Tensor rows = reservoir.rows().orElseThrow().tensors().get(0).tensor();
      for (int r = 0; r < rows.rows(); r++) {
        kept[(int) rows.number(r, 0)]++;
      }
    }

    double statistic = 0;
    for (long count : kept) {
      statistic += (count - 2500.0) * (count - 2500.0) / (2500 * 0.75) * 19 / 20;
    }
    assertThat(statistic).isBetween(5.0, 43.8);
  }

  @Test
  void rows_dependOnTheSeedNotOnHowRequestsCutThem() {
    Reservoir whole = new Reservoir(10, 3);
    Reservoir single = new Reservoir(10, 3);
    Reservoir other = new Reservoir(10, 4);
    whole.add(Rows.longs(LongStream.range(0, 200).toArray()));
    other.add(Rows.longs(LongStream.range(0, 200).toArray()));
    LongStream.range(0, 200).forEach(i -> single.add(Rows.longs(i)));

    assertThat(single.rows()).isEqualTo(whole.rows());
    assertThat(other.rows()).isNotEqualTo(whole.rows());
    assertThat(whole.seen()).isEqualTo(200);
    assertThat(whole.size()).isEqualTo(10);
  }

  @Test
  void rows_fewerThanCapacity_areAllThereInOrder() {
    Reservoir reservoir = new Reservoir(10, 3);
    assertThat(reservoir.rows()).isEmpty();

    reservoir.add(Rows.longs(3, 1, 2));

    assertThat(reservoir.rows()).contains(Rows.longs(3, 1, 2));
  }

  @Test
  void add_fractionsAfterIntegers_widenWhatIsKept() {
    Reservoir reservoir = new Reservoir(10, 3);
    reservoir.add(Rows.longs(1));
    reservoir.add(Rows.reals(2.5));
    reservoir.add(Rows.longs(3));

    assertThat(reservoir.rows()).contains(Rows.reals(1, 2.5, 3));
    assertThatThrownBy(() -> reservoir.add(Rows.texts("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
