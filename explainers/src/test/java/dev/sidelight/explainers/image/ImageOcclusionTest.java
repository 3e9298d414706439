package dev.sidelight.explainers.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Players;
import dev.sidelight.explainers.image.ImageSettings.Fill;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is hidden, in every form of image and with every fill. */
class ImageOcclusionTest {

  private static final Pixels IMAGE = Images.noise(16, 24, 3, 4);

  static Stream<Instances> forms() {
    return Stream.of(
        Images.hwc(IMAGE),
        Images.chw(IMAGE),
        Instances.of(
            "image", new IntegerTensor(DataType.INT16, List.of(1, 1, 16, 24), new long[16 * 24])),
        Images.element(Images.file(Images.picture(IMAGE), "png")),
        Images.element(Images.file(Images.picture(IMAGE), "jpeg")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void rows_allKept_isTheImageBitForBit(Instances row) {
    for (ImageSettings settings : List.of(ImageSettings.defaults(), ImageSettings.slic())) {
      ImageOcclusion occlusion = ImageOcclusion.of(row, settings);

      assertThat(occlusion.rows(List.of(Images.all(occlusion.players().size())))).isEqualTo(row);
    }
  }

  /** Pixels of the hidden segment change to the fill, all others keep their value. */
  @Test
  void rows_oneHidden_onlyItsPixelsChange() {
    Instances row = Images.hwc(IMAGE);
    ImageOcclusion occlusion = ImageOcclusion.of(row, ImageSettings.defaults());
    int[] labels = Grid.labels(16, 24, 8);
    double[] means = IMAGE.means();

    Tensor out =
        occlusion.rows(List.of(Images.without(64, 9), new BitSet())).tensors().get(0).tensor();

    for (int i = 0; i < IMAGE.values().length; i++) {
      long mean = Math.round(means[i % 3]);
      assertThat(out.number(0, i))
          .isEqualTo(labels[i / 3] == 9 ? (double) mean : IMAGE.values()[i]);
      assertThat(out.number(1, i)).isEqualTo((double) mean);
    }
  }

  @Test
  void rows_allForms_hideTheSamePixels() {
    BitSet kept = Images.without(64, 20);
    Tensor last = hidden(Images.hwc(IMAGE), kept);
    Tensor first = hidden(Images.chw(IMAGE), kept);
    Instances png =
        ImageOcclusion.of(
                Images.element(Images.file(Images.picture(IMAGE), "png")), ImageSettings.defaults())
            .rows(List.of(kept));
    float[] decoded = decoded(png);

    for (int i = 0; i < IMAGE.values().length; i++) {
      assertThat(decoded[i]).isEqualTo((float) last.number(0, i));
      double fraction = first.number(0, i % 3 * IMAGE.count() + i / 3);
      assertThat(Math.abs(fraction * 255 - last.number(0, i))).isLessThanOrEqualTo(.51);
    }
  }

  private static Tensor hidden(Instances row, BitSet kept) {
    return ImageOcclusion.of(row, ImageSettings.defaults())
        .rows(List.of(kept))
        .tensors()
        .get(0)
        .tensor();
  }

  private static float[] decoded(Instances rows) {
    return new EncodedImage((BytesTensor) rows.tensors().get(0).tensor(), "").pixels().values();
  }

  @Test
  void rows_base64_staysBase64() {
    byte[] file = Images.file(Images.picture(IMAGE), "png");
    byte[] wrapped = Base64.getEncoder().encode(file);
    ImageOcclusion occlusion = ImageOcclusion.of(Images.element(wrapped), ImageSettings.defaults());

    Instances rows = occlusion.rows(List.of(Images.all(64), Images.without(64, 3)));

    BytesTensor out = (BytesTensor) rows.tensors().get(0).tensor();
    assertThat(out.value(0, 0)).isEqualTo(wrapped);
    assertThat(out.text(1, 0)).startsWith("iVBOR");
  }

  @Test
  void rows_blur_isSmootherThanTheImage() {
    Pixels halves = Images.halves(32, 32, 1);
    ImageOcclusion occlusion =
        ImageOcclusion.of(Images.hwc(halves), ImageSettings.defaults().withFill(new Fill.Blur()));

    Tensor out = occlusion.rows(List.of(new BitSet())).tensors().get(0).tensor();

    double dark = out.number(0, 3 * (16 * 32 + 2));
    double edge = out.number(0, 3 * (16 * 32 + 16));
    double light = out.number(0, 3 * (16 * 32 + 29));
    assertThat(dark).isBetween(40.0, 70.0);
    assertThat(edge).isBetween(90.0, 170.0);
    assertThat(light).isBetween(190.0, 220.0);
  }

  @Test
  void rows_referenceImage_standsWhereHidden() {
    Pixels other = Images.noise(16, 24, 3, 99);
    ImageOcclusion tensors =
        ImageOcclusion.of(
            Images.hwc(IMAGE),
            ImageSettings.defaults().withFill(new Fill.Reference(Images.hwc(other))));
    ImageOcclusion files =
        ImageOcclusion.of(
            Images.element(Images.file(Images.picture(IMAGE), "png")),
            ImageSettings.defaults()
                .withFill(
                    new Fill.Reference(Images.element(Images.file(Images.picture(other), "png")))));

    assertThat(tensors.rows(List.of(new BitSet()))).isEqualTo(Images.hwc(other));
    assertThat(decoded(files.rows(List.of(new BitSet())))).isEqualTo(other.values());
  }

  @Test
  void rows_halfPrecision_fillIsRepresentable() {
    float[] values = new float[64];
    for (int i = 0; i < 64; i++) {
      values[i] = i % 3;
    }
    Instances row = Instances.of("image", new FloatTensor(DataType.FP16, List.of(1, 8, 8), values));

    Tensor out =
        ImageOcclusion.of(row, ImageSettings.defaults())
            .rows(List.of(new BitSet()))
            .tensors()
            .get(0)
            .tensor();

    float fill = (float) out.number(0, 0);
    assertThat(Float.float16ToFloat(Float.floatToFloat16(fill))).isEqualTo(fill);
  }

  @Test
  void places_runs_tellEveryPixelsSegment() {
    for (ImageSettings settings : List.of(ImageSettings.defaults(), ImageSettings.slic())) {
      ImageOcclusion occlusion = ImageOcclusion.of(Images.hwc(IMAGE), settings);
      Players.Segments places = occlusion.places();

      assertThat(places.height()).isEqualTo(16);
      assertThat(places.width()).isEqualTo(24);
      assertThat(places.count()).isEqualTo(occlusion.players().size());
      assertThat(places.runs()).extracting(Players.Run::label).contains(0, places.count() - 1);
      assertThat(places.runs().stream().mapToInt(Players.Run::length).sum()).isEqualTo(384);
    }
  }

  @Test
  void isHideable_plainImage_nowhere() {
    Instances row =
        Instances.of("image", new FloatTensor(DataType.FP32, List.of(1, 9, 9), new float[81]));

    ImageOcclusion occlusion = ImageOcclusion.of(row, ImageSettings.defaults());

    assertThat(occlusion.isHideable(0)).isFalse();
    assertThat(ImageOcclusion.of(Images.hwc(IMAGE), ImageSettings.defaults()).isHideable(0))
        .isTrue();
  }

  @Test
  void of_otherInputs_stay() {
    NamedTensor size =
        new NamedTensor(
            "size", new IntegerTensor(DataType.INT64, List.of(1, 2), new long[] {16, 24}));
    Instances row = new Instances(List.of(size, Images.hwc(IMAGE).tensors().get(0)));

    ImageOcclusion occlusion = ImageOcclusion.of(row, ImageSettings.defaults());
    Instances rows = occlusion.rows(List.of(new BitSet(), Images.all(64)));

    assertThat(rows.tensors().get(0).tensor().number(1, 1)).isEqualTo(24);
    assertThat(rows.rowsAt(1)).isEqualTo(row);
    assertThat(occlusion.players().get(0).members()).containsExactly(2);
    assertThat(occlusion.rowBytes()).isGreaterThan(16 * 24 * 3);
  }
}
