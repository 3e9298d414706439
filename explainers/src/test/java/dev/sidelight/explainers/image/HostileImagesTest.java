package dev.sidelight.explainers.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.ExplainException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes in, what comes out is an image or a refusal with a name. */
class HostileImagesTest {

  private static final byte[] FILE = Images.file(Images.picture(Images.noise(20, 20, 3, 1)), "png");

  private static String code(Instances row, ImageSettings settings) {
    try {
      ImageOcclusion.of(row, settings);
      return "";
    } catch (ExplainException e) {
      return e.code() + " " + e.pointer();
    }
  }

  private static String code(byte[] file) {
    return code(Images.element(file), ImageSettings.defaults());
  }

  @Test
  void of_truncatedFiles_areUnreadable() {
    byte[] jpeg = Images.file(Images.picture(Images.noise(64, 64, 3, 1)), "jpeg");

    assertThat(code(Arrays.copyOf(FILE, FILE.length / 2)))
        .isEqualTo("row_unreadable /inputs/0/data/0");
    assertThat(code(Arrays.copyOf(FILE, 12))).isEqualTo("row_unreadable /inputs/0/data/0");
    assertThat(code(Arrays.copyOf(jpeg, jpeg.length / 2)))
        .isEqualTo("row_unreadable /inputs/0/data/0");
  }

  /** 40,000 x 40,000 pixels in some 60 bytes: refused by its head. */
  @Test
  @Timeout(20)
  void of_decompressionBomb_isTooLarge() {
    assertThat(code(png(40_000, 40_000))).isEqualTo("explain_too_large /inputs/0/data/0");
    assertThat(code(png(Integer.MAX_VALUE, Integer.MAX_VALUE)))
        .isIn("explain_too_large /inputs/0/data/0", "row_unreadable /inputs/0/data/0");
  }

  @Test
  void of_noPixels_isUnreadable() {
    assertThat(code(png(0, 10))).isEqualTo("row_unreadable /inputs/0/data/0");
    assertThat(code(png(10, 0))).isEqualTo("row_unreadable /inputs/0/data/0");
  }

  private static byte[] png(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12);
    file.put(FILE, 0, 8).putInt(13);
    byte[] head =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(head);
    file.put(head).putInt((int) crc.getValue());
    return file.putInt(0)
        .put("IEND".getBytes(StandardCharsets.US_ASCII))
        .putInt(0xAE426082)
        .array();
  }

  @Property(tries = 150)
  void of_brokenFile_isReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] file =
        random.nextBoolean()
            ? FILE.clone()
            : Images.file(Images.picture(Images.noise(20, 20, 3, 1)), "jpeg");
    for (int i = 0; i < 3; i++) {
      file[4 + random.nextInt(file.length - 4)] = (byte) random.nextInt();
    }
    byte[] cut = Arrays.copyOf(file, 4 + random.nextInt(file.length - 4));

    assertThat(code(random.nextBoolean() ? file : cut))
        .isIn(
            "",
            "row_unreadable /inputs/0/data/0",
            "explain_too_large /inputs/0/data/0",
            "explain_unsupported /parameters/input");
  }

  @Test
  void of_whatIsNoImage_isUnsupported() {
    Instances flat =
        Instances.of("x", new FloatTensor(DataType.FP32, List.of(1, 784), new float[784]));
    Instances two =
        new Instances(
            List.of(
                Images.hwc(Images.noise(8, 8, 3, 1)).tensors().get(0),
                Images.chw(Images.noise(8, 8, 3, 1)).tensors().get(0)));
    Instances text = Instances.of("x", BytesTensor.ofText("hello"));

    assertThat(code(flat, ImageSettings.defaults()))
        .isEqualTo("explain_unsupported /parameters/input");
    assertThat(code(two, ImageSettings.defaults()))
        .isEqualTo("explain_unsupported /parameters/input");
    assertThat(code(text, ImageSettings.defaults()))
        .isEqualTo("explain_unsupported /parameters/input");
  }

  @Test
  void of_fileAskedForByName_getsItsOwnError() {
    ImageSettings byName =
        new ImageSettings(
            Optional.of("image"),
            ImageSettings.Layout.AUTO,
            ImageSettings.Segmenter.GRID,
            64,
            new ImageSettings.Fill.Mean());

    assertThat(code(Images.element(new byte[] {1, 2, 3}), byName))
        .isEqualTo("row_unreadable /inputs/0/data/0");
    assertThat(code(Images.element(new byte[0]), byName))
        .isEqualTo("row_unreadable /inputs/0/data/0");
  }

  @Test
  void of_pixelThatIsNoNumber_isUnreadable() {
    float[] values = new float[64];
    values[7] = Float.NaN;

    assertThat(
            code(
                Instances.of("x", new FloatTensor(DataType.FP32, List.of(1, 8, 8), values)),
                ImageSettings.defaults()))
        .isEqualTo("row_unreadable /inputs/0/data");
  }

  @Test
  void of_referenceOfAnotherSize_isTheCallersMistake() {
    Instances small = Images.hwc(Images.noise(8, 8, 3, 1));
    Instances file = Images.element(Images.file(Images.picture(Images.noise(8, 8, 3, 1)), "png"));

    assertThat(
            code(
                Images.hwc(Images.noise(9, 8, 3, 1)),
                ImageSettings.defaults().withFill(new ImageSettings.Fill.Reference(small))))
        .isEqualTo("parameter_range /parameters/fill");
    assertThat(
            code(
                Images.element(FILE),
                ImageSettings.defaults().withFill(new ImageSettings.Fill.Reference(file))))
        .isEqualTo("parameter_range /parameters/fill");
  }

  @Test
  void of_paletteGreyAndTransparency_areRead() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_INT_ARGB
        }) {
      BufferedImage picture = new BufferedImage(30, 20, type);
      for (int i = 0; i < 600; i++) {
        picture.setRGB(i % 30, i / 30, i * 0x010A05 | 0xFF000000);
      }
      Instances row = Images.element(Images.file(picture, "png"));
      ImageOcclusion occlusion = ImageOcclusion.of(row, ImageSettings.defaults());

      Instances out = occlusion.rows(List.of(Images.without(64, 5)));

      assertThat(code(out, ImageSettings.defaults())).isEmpty();
      assertThat(occlusion.rows(List.of(Images.all(64)))).isEqualTo(row);
    }
  }
}
