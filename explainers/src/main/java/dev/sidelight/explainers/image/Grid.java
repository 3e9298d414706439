package dev.sidelight.explainers.image;

/** Cells of nearly equal size, numbered row by row. */
final class Grid {

  private Grid() {}

  /**
   * @param side cells along each side; fewer where there are fewer pixels
   * @return the label of each pixel
   */
  static int[] labels(int height, int width, int side) {
    int down = Math.min(side, height);
    int across = Math.min(side, width);
    int[] labels = new int[height * width];
    for (int y = 0; y < height; y++) {
      int row = (int) ((long) y * down / height);
      for (int x = 0; x < width; x++) {
        labels[y * width + x] = row * across + (int) ((long) x * across / width);
      }
    }
    return labels;
  }
}
