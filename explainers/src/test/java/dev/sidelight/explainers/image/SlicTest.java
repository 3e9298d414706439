package dev.sidelight.explainers.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlicTest {

  @Property(tries = 40)
  void labels_anyImage_connectedAndNeverTooMany(
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 2, max = 100) int segments,
      @ForAll long seed) {
    int[] labels = Slic.labels(Images.noise(height, width, channels, seed), segments);

    assertThat(Images.isConnected(labels, height, width)).isTrue();
    assertThat(Images.segments(labels)).isBetween(1, segments);
    assertThat(Arrays.stream(labels).max().orElseThrow() + 1).isEqualTo(Images.segments(labels));
  }

  @Test
  void labels_plainImage_areNearFifty() {
    int[] square = Slic.labels(new Pixels(120, 120, 3, new float[120 * 120 * 3]), 50);
    int[] wide = Slic.labels(new Pixels(64, 224, 1, new float[64 * 224]), 50);

    assertThat(Images.segments(square)).isBetween(42, 50);
    assertThat(Images.segments(wide)).isBetween(42, 50);
  }

  /** Segments of a noisy two-tone image lie on one side of the edge, to a pixel. */
  @Test
  void labels_strongEdge_isRespected() {
    int[] labels = Slic.labels(Images.halves(96, 96, 5), 50);

    int[][] sides = new int[Images.segments(labels)][2];
    for (int p = 0; p < labels.length; p++) {
      sides[labels[p]][p % 96 < 48 ? 0 : 1]++;
    }
    int strays = Arrays.stream(sides).mapToInt(s -> Math.min(s[0], s[1])).sum();
    assertThat(strays).isLessThan(labels.length / 200);
    assertThat(Images.segments(labels)).isBetween(35, 50);
  }

  @Test
  void labels_sameImage_sameLabels() {
    Pixels image = Images.halves(70, 50, 9);

    assertThat(Slic.labels(image, 50)).isEqualTo(Slic.labels(image, 50));
  }

  /** Fractions and bytes of one picture are one picture. */
  @Test
  void labels_scale_doesNotMatter() {
    Pixels bytes = Images.halves(60, 60, 3);
    float[] fractions = new float[bytes.values().length];
    Arrays.fill(fractions, 0);
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] = bytes.values()[i] / 255;
    }

    int[] mine = Slic.labels(bytes, 50);
    int[] theirs = Slic.labels(new Pixels(60, 60, 3, fractions), 50);

    long apart = 0;
    for (int i = 0; i < mine.length; i++) {
      apart += mine[i] == theirs[i] ? 0 : 1;
    }
    assertThat(apart).isLessThan(mine.length / 100); // rounding may move a tie
  }

  /** Reference values of CIE L*a*b* (D65) of sRGB primaries. */
  @Test
  void lab_primaries_areTheBooks() {
    float[] rgb = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0};
    double[] book = {
      53.24, 80.09, 67.20, 87.73, -86.18, 83.18, 32.30, 79.19, -107.86, 100, 0, 0, 0, 0, 0
    };

    Pixels lab = Lab.of(new Pixels(1, 5, 3, rgb));

    for (int i = 0; i < book.length; i++) {
      assertThat((double) lab.values()[i]).isCloseTo(book[i], within(0.02));
    }
  }

  @Property(tries = 50)
  void grid_anyImage_cellsOfNearlyEqualSize(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int width) {
    int[] labels = Grid.labels(height, width, 8);

    assertThat(Images.isConnected(labels, height, width)).isTrue();
    assertThat(Images.segments(labels)).isEqualTo(Math.min(8, height) * Math.min(8, width));
    if (height % 8 == 0 && width % 8 == 0) {
      assertThat(Arrays.stream(labels).filter(l -> l == 9).count())
          .isEqualTo((long) height * width / 64);
    }
  }
}
