package dev.sidelight.explainers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static ShapSettings settings(OptionalInt target, OptionalInt topK) {
    return new ShapSettings(
        ShapSettings.Mode.AUTO, Link.IDENTITY, Optional.empty(), target, false, false, topK);
  }

  @Test
  void outOfRange_namesThePointer() {
    assertThatThrownBy(() -> settings(OptionalInt.of(-1), OptionalInt.empty()))
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/target");
    assertThatThrownBy(() -> settings(OptionalInt.empty(), OptionalInt.of(0)))
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/topK");
  }

  @Test
  void outputAttribution_arraysThatDoNotMatch_cannotExist() {
    Target target = new Target("y", 0, "");
    assertThatThrownBy(
            () ->
                new OutputAttribution(
                    target, 0, 1, new double[2], new double[1], new Interval[2], new double[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 and 2");
  }
}
