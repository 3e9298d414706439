package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The form an image comes in, and how images with hidden parts are made in it. */
sealed interface ImageForm permits TensorImage, EncodedImage {

  /** More are not taken apart: the arithmetic holds some 60 bytes per pixel. */
  int PIXELS_MAX = 1 << 21;

  Pixels pixels();

  /**
   * Settles what stands where a segment is hidden.
   *
   * @param labels the segment of each pixel
   * @param segments how many there are
   */
  Hiding hiding(int[] labels, int segments, ImageSettings.Fill fill);

  /** An image with a fill. */
  interface Hiding {
    /** Whether any value of the segment differs from the fill. */
    boolean isHideable(int segment);

    /** The images with all other segments hidden; of all segments the image bit for bit. */
    Tensor images(List<BitSet> kept);

    /** Memory one image may take while it is made and sent. */
    long imageBytes();
  }

  /** Values to stand in for hidden pixels, in the order of {@link Pixels#values}. */
  static float[] fill(Pixels pixels, ImageSettings.Fill fill) {
    if (fill instanceof ImageSettings.Fill.Blur) {
      double sigma = Math.min(pixels.height(), pixels.width()) / 16.0;
      return Blur.of(pixels, sigma).values();
    }
    double[] means = pixels.means();
    float[] values = new float[pixels.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) means[i % means.length];
    }
    return values;
  }

  /** The row again and again, with these in place of its image. */
  static Instances rows(Instances row, int at, Tensor images) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int t = 0; t < row.tensors().size(); t++) {
      NamedTensor named = row.tensors().get(t);
      tensors.add(
          t == at
              ? new NamedTensor(named.name(), images)
              : Instances.of(named.name(), named.tensor())
                  .rowsAt(new int[images.rows()])
                  .tensors()
                  .get(0));
    }
    return new Instances(tensors);
  }
}
