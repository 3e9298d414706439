package dev.sidelight.explainers.image;

import dev.sidelight.explainers.ExplainException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG and JPEG in, PNG out. Bytes come from strangers: the size is read before the pixels are. */
final class Codec {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  private Codec() {}

  /** {@code png} or {@code jpeg}, by the first bytes. */
  static Optional<String> format(byte[] bytes) {
    if (startsWith(bytes, PNG)) {
      return Optional.of("png");
    }
    return startsWith(bytes, JPEG) ? Optional.of("jpeg") : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (bytes.length <= i || bytes[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * @throws ExplainException {@code row_unreadable}, or {@code explain_too_large} before any pixel
   *     is decoded
   */
  static BufferedImage decode(byte[] bytes, String format, String pointer) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    boolean[] torn = new boolean[1];
    reader.addIIOReadWarningListener(
        (_, warning) -> {
          String text = warning.toLowerCase(Locale.ROOT);
          torn[0] |= format.equals("png") || text.contains("premature") || text.contains("truncat");
        });
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > ImageForm.PIXELS_MAX) {
        throw new ExplainException(
            "explain_too_large",
            pointer,
            "an image has at most %d pixels, this one says %d x %d"
                .formatted(ImageForm.PIXELS_MAX, reader.getHeight(0), reader.getWidth(0)));
      }
      BufferedImage image = reader.read(0);
      if (!torn[0]) {
        return plain(image);
      }
    } catch (ExplainException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the JDK's readers answer broken files with whatever exception they stumble over
      throw unreadable(pointer, format);
    } finally {
      reader.dispose();
    }
    throw unreadable(pointer, format);
  }

  private static ExplainException unreadable(String pointer, String format) {
    return new ExplainException(
        "row_unreadable", pointer, "the image cannot be decoded as " + format);
  }

  /** Without a palette, in which a mean would have no number. */
  private static BufferedImage plain(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel palette)) {
      return image;
    }
    int type = palette.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage colors = new BufferedImage(image.getWidth(), image.getHeight(), type);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.setRGB(x, y, image.getRGB(x, y));
      }
    }
    return colors;
  }

  /** Losslessly. */
  static byte[] png(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
