package dev.sidelight.explainers.image;

/** Gaussian blurs. Beyond its edge an image goes on as it ends. */
final class Blur {

  /** Running means of whole pixels cannot make a narrower bell well. */
  private static final double WIDE_MIN = 4;

  private Blur() {}

  static Pixels of(Pixels image, double sigma) {
    return sigma < WIDE_MIN ? exact(image, sigma) : wide(image, sigma);
  }

  /** By convolution, to three standard deviations; for small ones. */
  static Pixels exact(Pixels image, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double at = (i - radius) / sigma;
      kernel[i] = StrictMath.exp(-0.5 * at * at);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    float[] across = convolved(image, image.values(), kernel, /* down= */ false);
    float[] both = convolved(image, across, kernel, /* down= */ true);
    return new Pixels(image.height(), image.width(), image.channels(), both);
  }

  private static float[] convolved(Pixels size, float[] from, double[] kernel, boolean down) {
    int radius = kernel.length / 2;
    int channels = size.channels();
    float[] to = new float[from.length];
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int k = -radius; k <= radius; k++) {
            int row = down ? Math.clamp(y + k, 0, size.height() - 1) : y;
            int column = down ? x : Math.clamp(x + k, 0, size.width() - 1);
            sum += kernel[k + radius] * from[(row * size.width() + column) * channels + c];
          }
          to[(y * size.width() + x) * channels + c] = (float) sum;
        }
      }
    }
    return to;
  }

  /**
   * Three running means one after another, near to a Gaussian at a cost that does not depend on its
   * width (which is chosen by Kovesi 2010, "Fast almost-Gaussian filtering").
   */
  static Pixels wide(Pixels image, double sigma) {
    double ideal = Math.sqrt(12 * sigma * sigma / 3 + 1);
    int lower = (int) ideal;
    lower -= 1 - lower % 2;
    long narrow =
        Math.round(
            (12 * sigma * sigma - 3.0 * lower * lower - 12.0 * lower - 9) / (-4.0 * lower - 4));
    float[] values = image.values().clone();
    for (int pass = 0; pass < 3; pass++) {
      int radius = (pass < narrow ? lower : lower + 2) / 2;
      meanOfLines(image, values, radius, /* down= */ false);
      meanOfLines(image, values, radius, /* down= */ true);
    }
    return new Pixels(image.height(), image.width(), image.channels(), values);
  }

  private static void meanOfLines(Pixels size, float[] values, int radius, boolean down) {
    int lines = down ? size.width() : size.height();
    int length = down ? size.height() : size.width();
    int channels = size.channels();
    int step = (down ? size.width() : 1) * channels;
    float[] line = new float[length];
    for (int l = 0; l < lines; l++) {
      int start = (down ? l : l * size.width()) * channels;
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < length; i++) {
          line[i] = values[start + i * step + c];
        }
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
          sum += line[Math.clamp(i, 0, length - 1)];
        }
        for (int i = 0; i < length; i++) {
          values[start + i * step + c] = (float) (sum / (2 * radius + 1));
          sum += line[Math.min(i + radius + 1, length - 1)] - line[Math.max(i - radius, 0)];
        }
      }
    }
  }
}
