package dev.sidelight.proxy.client;

/**
 * Draws one effect as a bar of characters: from the axis to the effect, what of it lies within the
 * interval lighter, the interval beyond it as a line with an end.
 *
 * @param low the smallest value shown, <= 0
 * @param high the largest, >= 0 and > low
 * @param columns at least 3
 */
record Bar(double low, double high, int columns) {

  Bar {
    if (!(low <= 0 && high >= 0 && high > low)) {
      throw new IllegalArgumentException("a bar needs a range around 0, got " + low + ".." + high);
    }
  }

  private int at(double value) {
    double share = (value - low) / (high - low);
    return (int) Math.round(Math.max(0, Math.min(1, share)) * (columns - 1));
  }

  /** Exactly so many columns. */
  String of(double effect, double from, double to) {
    int axis = at(0);
    int end = at(effect);
    int left = at(from);
    int right = at(to);
    StringBuilder cells = new StringBuilder();
    for (int c = 0; c < columns; c++) {
      boolean inBar = c != axis && c >= Math.min(axis, end) && c <= Math.max(axis, end);
      boolean inInterval = to > from && c >= left && c <= right && left < right;
      cells.append(cell(c, axis, left, right, inBar, inInterval));
    }
    return cells.toString();
  }

  private static char cell(
      int c, int axis, int left, int right, boolean inBar, boolean inInterval) {
    if (inBar) {
      return inInterval ? '▒' : '█';
    }
    if (c == axis) {
      return inInterval ? '┼' : '│';
    }
    if (!inInterval) {
      return ' ';
    }
    return c == left ? '├' : c == right ? '┤' : '─';
  }
}
