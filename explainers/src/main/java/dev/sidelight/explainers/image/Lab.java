package dev.sidelight.explainers.image;

/**
 * Colours in the CIELAB space (D65), in which distances are near to what eyes see. Three channels
 * are read as sRGB, four as sRGB with transparency, which is left out; any other number is grey in
 * each, with the range of lightness.
 */
final class Lab {

  private static final double LIGHTNESS = 100;

  private Lab() {}

  /** Values are brought to [0, 1] first: bytes by 255, fractions as they are, others by range. */
  static Pixels of(Pixels image) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : image.values()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double from = low < 0 || high > 255 ? low : 0;
    double scale = low < 0 || high > 255 ? (double) high - low : high > 1 ? 255 : 1;
    int channels = image.channels();
    boolean color = channels == 3 || channels == 4;
    int kept = color ? 3 : channels;
    float[] lab = new float[image.count() * kept];
    for (int p = 0; p < image.count(); p++) {
      if (color) {
        double r = linear((image.value(p, 0) - from) / scale);
        double g = linear((image.value(p, 1) - from) / scale);
        double b = linear((image.value(p, 2) - from) / scale);
        double x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        double y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        double z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        lab[3 * p] = (float) (116 * y - 16);
        lab[3 * p + 1] = (float) (500 * (x - y));
        lab[3 * p + 2] = (float) (200 * (y - z));
      } else {
        for (int c = 0; c < kept; c++) {
          lab[p * kept + c] = (float) (LIGHTNESS * (image.value(p, c) - from) / scale);
        }
      }
    }
    return new Pixels(image.height(), image.width(), kept, lab);
  }

  private static double linear(double srgb) {
    return srgb <= 0.04045 ? srgb / 12.92 : StrictMath.pow((srgb + 0.055) / 1.055, 2.4);
  }

  private static double curve(double t) {
    return t > 216.0 / 24389 ? StrictMath.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
