package dev.sidelight.explainers.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlurTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 4, 14})
  void blur_plainImage_staysPlain(double sigma) {
    float[] values = new float[30 * 20 * 2];
    Arrays.fill(values, 77);
    Pixels image = new Pixels(30, 20, 2, values);

    for (float value : Blur.wide(image, sigma).values()) {
      assertThat(value).isCloseTo(77, within(1e-3f));
    }
    for (float value : Blur.exact(image, sigma).values()) {
      assertThat(value).isCloseTo(77, within(1e-3f));
    }
  }

  /** A point spreads into a bell of the wanted width: its variance is sigma squared. */
  @ParameterizedTest
  @ValueSource(doubles = {4, 8, 14})
  void wide_point_hasTheVarianceOfAGaussian(double sigma) {
    int side = 181;
    float[] values = new float[side * side];
    values[side * side / 2] = 10_000;

    Pixels wide = Blur.wide(new Pixels(side, side, 1, values), sigma);

    double mass = 0;
    double variance = 0;
    for (int p = 0; p < side * side; p++) {
      double apart = p % side - side / 2;
      mass += wide.values()[p];
      variance += apart * apart * wide.values()[p];
    }
    assertThat(mass).isCloseTo(10_000, within(1.0));
    assertThat(variance / mass).isCloseTo(sigma * sigma, within(0.12 * sigma * sigma));
  }

  @Test
  void wide_andExact_areNearEachOther() {
    Pixels image = Images.halves(64, 64, 1);
    Pixels wide = Blur.wide(image, 4);
    Pixels exact = Blur.exact(image, 4);

    for (int i = 0; i < wide.values().length; i++) {
      assertThat(wide.values()[i]).isCloseTo(exact.values()[i], within(6f));
    }
  }
}
