package dev.sidelight.proxy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BarTest {

  @Property(tries = 300)
  void bar_fillsItsColumnsAndPointsAsItsSign(
      @ForAll @DoubleRange(min = -5, max = 0) double low,
      @ForAll @DoubleRange(min = 0.1, max = 5) double high,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @IntRange(min = 3, max = 60) int columns) {
    double effect = low + share * (high - low);

    String bar = new Bar(low, high, columns).of(effect, effect, effect);

    assertThat(bar).hasSize(columns).matches(" *(█*│|│█*) *");
    int axis = bar.indexOf('│');
    assertThat(
            effect >= 0 ? bar.lastIndexOf('█') <= axis && bar.contains("█│") : bar.contains("│█"))
        .isFalse();
  }

  @Test
  void interval_isDrawnOverAndBeyondTheBar() {
    assertThat(new Bar(-1, 1, 11).of(0.4, 0.2, 0.8)).isEqualTo("     │▒▒─┤ ");
    assertThat(new Bar(-1, 1, 11).of(0.2, -0.4, 0.6)).isEqualTo("   ├─┼▒─┤  ");
    assertThat(new Bar(-1, 0, 11).of(-1, -1, -1)).isEqualTo("██████████│");
  }

  @Test
  void range_mustHoldZero() {
    assertThatThrownBy(() -> new Bar(1, 2, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bar(0, 0, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bar(Double.NaN, 1, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
