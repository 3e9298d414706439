package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ShedderTest {

  private final Shedder shedder = new Shedder();

  private int after(double pressure) {
    boolean changed = shedder.update(pressure);
    assertThat(shedder.update(pressure)).isFalse();
    return changed ? shedder.level() : -1;
  }

  @Test
  void levels_riseAndFallWithTenPointsOfHysteresis() {
    assertThat(after(0.69)).isEqualTo(-1);
    assertThat(after(0.70)).isEqualTo(1);
    assertThat(after(0.61)).isEqualTo(-1);
    assertThat(after(0.59)).isZero();
    assertThat(after(0.96)).isEqualTo(3);
    assertThat(after(0.86)).isEqualTo(-1);
    assertThat(after(0.84)).isEqualTo(2);
    assertThat(after(0.74)).isEqualTo(1);
    assertThat(after(0.0)).isZero();
  }

  @Property
  void onePressure_onlyOneChange(
      @ForAll @DoubleRange(min = 0, max = 2) double first,
      @ForAll @DoubleRange(min = 0, max = 2) double second) {
    Shedder fresh = new Shedder();
    fresh.update(first);
    fresh.update(second);
    int level = fresh.level();

    assertThat(fresh.update(second)).isFalse();
    assertThat(fresh.level()).isEqualTo(level).isBetween(0, 3);
  }
}
