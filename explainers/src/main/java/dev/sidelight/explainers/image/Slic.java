package dev.sidelight.explainers.image;

import java.util.Arrays;

/**
 * Superpixels by SLIC (Achanta et al. 2012): k-means over colour and place, each centre looking
 * only at a window of twice the grid step. Colours are CIELAB after a blur of sigma 0.5; a distance
 * is (colour distance)^2 + (compactness x place distance / step)^2. No chance is involved. Ten
 * rounds; time about 40 distances per pixel and round.
 */
final class Slic {

  private static final int ROUNDS = 10;
  private static final double COMPACTNESS = 10;
  private static final double SIGMA = 0.5;

  private final Pixels lab;
  private final int step;
  private final int[] labels;
  private final double[] nearest;
  private final double[] x;
  private final double[] y;
  private final double[][] color;

  private Slic(Pixels image, int segments) {
    this.lab = Lab.of(Blur.exact(image, SIGMA));
    double wanted = Math.sqrt((double) lab.count() / segments);
    int down = Math.max(1, (int) Math.round(lab.height() / wanted));
    int across = Math.max(1, (int) Math.round(lab.width() / wanted));
    while (down * across > segments) { // a rounding up in both directions may be too many
      if (down >= across) {
        down--;
      } else {
        across--;
      }
    }
    this.step = Math.max(1, (int) Math.round(wanted));
    this.labels = new int[lab.count()];
    this.nearest = new double[lab.count()];
    int centers = down * across;
    this.x = new double[centers];
    this.y = new double[centers];
    this.color = new double[centers][lab.channels()];
    for (int k = 0; k < centers; k++) {
      int cellRow = k / across;
      int row = (int) ((cellRow + 0.5) * lab.height() / down);
      int column = (int) ((k % across + 0.5) * lab.width() / across);
      seed(k, Math.min(row, lab.height() - 1), Math.min(column, lab.width() - 1));
    }
    Arrays.fill(labels, -1);
  }

  /**
   * @param segments wanted; there come about as many, never more
   * @return the label of each pixel, 0 to n - 1, every segment connected
   */
  static int[] labels(Pixels image, int segments) {
    Slic slic = new Slic(image, segments);
    for (int round = 0; round < ROUNDS; round++) {
      slic.assign();
      slic.move();
    }
    return Connected.of(slic.labels, image.height(), image.width(), slic.x.length);
  }

  /** Puts the centre where the gradient is least among the pixel and its neighbours. */
  private void seed(int k, int row, int column) {
    double least = Double.POSITIVE_INFINITY;
    for (int r = row - 1; r <= row + 1; r++) {
      for (int c = column - 1; c <= column + 1; c++) {
        if (r >= 0 && c >= 0 && r < lab.height() && c < lab.width()) {
          double gradient = gradient(r, c);
          boolean isCenter = r == row && c == column;
          if (gradient < least || (gradient == least && isCenter)) {
            least = gradient;
            x[k] = c;
            y[k] = r;
            for (int ch = 0; ch < lab.channels(); ch++) {
              color[k][ch] = lab.value(r * lab.width() + c, ch);
            }
          }
        }
      }
    }
  }

  private double gradient(int row, int column) {
    int left = row * lab.width() + Math.max(column - 1, 0);
    int right = row * lab.width() + Math.min(column + 1, lab.width() - 1);
    int above = Math.max(row - 1, 0) * lab.width() + column;
    int below = Math.min(row + 1, lab.height() - 1) * lab.width() + column;
    double sum = 0;
    for (int ch = 0; ch < lab.channels(); ch++) {
      double across = (double) lab.value(right, ch) - lab.value(left, ch);
      double down = (double) lab.value(below, ch) - lab.value(above, ch);
      sum += across * across + down * down;
    }
    return sum;
  }

  private void assign() {
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    double ratio = COMPACTNESS / step;
    // a step that was rounded, or a long cell, must not leave pixels that no centre looks at
    int reach = 2 * step + 1;
    for (int k = 0; k < x.length; k++) {
      int top = Math.max(0, (int) y[k] - reach);
      int bottom = Math.min(lab.height() - 1, (int) y[k] + reach);
      int left = Math.max(0, (int) x[k] - reach);
      int right = Math.min(lab.width() - 1, (int) x[k] + reach);
      for (int r = top; r <= bottom; r++) {
        for (int c = left; c <= right; c++) {
          int pixel = r * lab.width() + c;
          double place = ratio * ratio * ((r - y[k]) * (r - y[k]) + (c - x[k]) * (c - x[k]));
          double distance = place + colorDistance(k, pixel);
          if (distance < nearest[pixel]) {
            nearest[pixel] = distance;
            labels[pixel] = k;
          }
        }
      }
    }
  }

  private double colorDistance(int k, int pixel) {
    double sum = 0;
    for (int ch = 0; ch < lab.channels(); ch++) {
      double apart = lab.value(pixel, ch) - color[k][ch];
      sum += apart * apart;
    }
    return sum;
  }

  private void move() {
    int[] counts = new int[x.length];
    double[] sumX = new double[x.length];
    double[] sumY = new double[x.length];
    double[][] sums = new double[x.length][lab.channels()];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int k = labels[pixel];
      if (k >= 0) {
        counts[k]++;
        int row = pixel / lab.width();
        sumX[k] += pixel % lab.width();
        sumY[k] += row;
        for (int ch = 0; ch < lab.channels(); ch++) {
          sums[k][ch] += lab.value(pixel, ch);
        }
      }
    }
    for (int k = 0; k < x.length; k++) {
      if (counts[k] > 0) {
        x[k] = sumX[k] / counts[k];
        y[k] = sumY[k] / counts[k];
        for (int ch = 0; ch < lab.channels(); ch++) {
          color[k][ch] = sums[k][ch] / counts[k];
        }
      }
    }
  }
}
