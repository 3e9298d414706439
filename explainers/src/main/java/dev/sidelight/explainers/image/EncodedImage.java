package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ExplainException;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A PNG or JPEG file in one element of a BYTES tensor, as it is or in base64. Images with hidden
 * parts are PNG, in the same wrapping; the image itself is sent as it came.
 */
final class EncodedImage implements ImageForm {

  private final BytesTensor tensor;
  private final boolean base64;
  private final BufferedImage image;
  private final Pixels pixels;
  private final int[] samples;

  /** File bytes, unwrapped. */
  private record File(byte[] bytes, String format, boolean base64) {}

  EncodedImage(BytesTensor tensor, String pointer) {
    File file =
        file(tensor.value(0, 0))
            .orElseThrow(
                () ->
                    new ExplainException(
                        "row_unreadable", pointer, "the input is neither PNG nor JPEG"));
    this.tensor = tensor;
    this.base64 = file.base64();
    this.image = Codec.decode(file.bytes(), file.format(), pointer);
    this.samples = samples(image);
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i];
    }
    int channels = image.getRaster().getNumBands();
    this.pixels = new Pixels(image.getHeight(), image.getWidth(), channels, values);
  }

  static boolean isImage(byte[] element) {
    return file(element).isPresent();
  }

  private static Optional<File> file(byte[] element) {
    Optional<String> format = Codec.format(element);
    if (format.isPresent()) {
      return Optional.of(new File(element, format.get(), false));
    }
    String head = new String(element, 0, Math.min(8, element.length), StandardCharsets.ISO_8859_1);
    if (!head.startsWith("iVBOR") && !head.startsWith("/9j/")) { // PNG's and JPEG's in base64
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(element);
      return Codec.format(bytes).map(found -> new File(bytes, found, true));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int[] samples(BufferedImage image) {
    WritableRaster raster = image.getRaster();
    int[] all = new int[image.getWidth() * image.getHeight() * raster.getNumBands()];
    return raster.getPixels(0, 0, image.getWidth(), image.getHeight(), all);
  }

  @Override
  public Pixels pixels() {
    return pixels;
  }

  @Override
  public Hiding hiding(int[] labels, int segments, ImageSettings.Fill fill) {
    if (fill instanceof ImageSettings.Fill.Reference(Instances other)) {
      return new Files(labels, segments, reference(other));
    }
    float[] values = ImageForm.fill(pixels, fill);
    int[] hidden = new int[values.length];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.round(values[i]);
    }
    return new Files(labels, segments, hidden);
  }

  private int[] reference(Instances other) {
    String pointer = "/parameters/fill";
    List<BytesTensor> files =
        other.tensors().stream()
            .map(named -> named.tensor())
            .filter(t -> t instanceof BytesTensor b && isImage(b.value(0, 0)))
            .map(BytesTensor.class::cast)
            .toList();
    if (files.size() == 1) {
      EncodedImage decoded = new EncodedImage(files.get(0), pointer);
      boolean fits =
          decoded.pixels.height() == pixels.height()
              && decoded.pixels.width() == pixels.width()
              && decoded.pixels.channels() == pixels.channels()
              && decoded.image.getSampleModel().getSampleSize(0)
                  == image.getSampleModel().getSampleSize(0);
      if (fits) {
        return decoded.samples;
      }
    }
    throw new ExplainException(
        "parameter_range",
        pointer,
        "the reference image must have the size and type of the explained one");
  }

  /** Files of the image with hidden parts. */
  private final class Files implements Hiding {

    private final int[] labels;
    private final int[] hidden;
    private final boolean[] hideable;

    Files(int[] labels, int segments, int[] hidden) {
      this.labels = labels;
      this.hidden = hidden;
      this.hideable = new boolean[segments];
      for (int i = 0; i < samples.length; i++) {
        hideable[labels[i / pixels.channels()]] |= samples[i] != hidden[i];
      }
    }

    @Override
    public boolean isHideable(int segment) {
      return hideable[segment];
    }

    @Override
    public Tensor images(List<BitSet> kept) {
      byte[][] files = new byte[kept.size()][];
      for (int i = 0; i < files.length; i++) {
        files[i] = file(kept.get(i));
      }
      List<Integer> shape = new ArrayList<>(tensor.shape());
      shape.set(0, files.length);
      return new BytesTensor(shape, files);
    }

    private byte[] file(BitSet kept) {
      int channels = pixels.channels();
      int[] mixed = samples.clone();
      boolean whole = true;
      for (int i = 0; i < mixed.length; i++) {
        if (!kept.get(labels[i / channels])) {
          mixed[i] = hidden[i];
          whole = false;
        }
      }
      if (whole) {
        return tensor.value(0, 0);
      }
      WritableRaster raster = image.getRaster().createCompatibleWritableRaster();
      raster.setPixels(0, 0, pixels.width(), pixels.height(), mixed);
      byte[] png =
          Codec.png(
              new BufferedImage(image.getColorModel(), raster, image.isAlphaPremultiplied(), null));
      return base64 ? Base64.getEncoder().encode(png) : png;
    }

    @Override
    public long imageBytes() {
      return 4L * samples.length + 1024;
    }
  }
}
