package dev.sidelight.explainers.image;

/**
 * An image as numbers, as segmenting and blurring see it.
 *
 * @param values row by row from the top left, the channels of a pixel together; finite
 */
record Pixels(int height, int width, int channels, float[] values) {

  Pixels {
    if (values.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          "%d values for %d x %d x %d".formatted(values.length, height, width, channels));
    }
  }

  int count() {
    return height * width;
  }

  float value(int pixel, int channel) {
    return values[pixel * channels + channel];
  }

  /** The mean of each channel. */
  double[] means() {
    double[] sums = new double[channels];
    for (int i = 0; i < values.length; i++) {
      sums[i % channels] += values[i];
    }
    for (int c = 0; c < channels; c++) {
      sums[c] /= count();
    }
    return sums;
  }
}
