package dev.sidelight.explainers.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes every segment one piece: pieces smaller than a quarter of the mean segment, and the
 * smallest beyond the wanted number, join the neighbour they touch along the most pixels.
 */
final class Connected {

  private final int height;
  private final int width;
  private final int[] piece;
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int[] touching = new int[0];

  private Connected(int[] labels, int height, int width) {
    this.height = height;
    this.width = width;
    this.piece = new int[labels.length];
    Arrays.fill(piece, -1);
    int[] queue = new int[labels.length];
    for (int start = 0; start < labels.length; start++) {
      if (piece[start] < 0) {
        starts.add(start);
        sizes.add(flood(labels, start, sizes.size(), queue));
      }
    }
  }

  /**
   * @param segments never more
   * @return labels 0 to n - 1 in the order of their first pixels
   */
  static int[] of(int[] labels, int height, int width, int segments) {
    Connected pieces = new Connected(labels, height, width);
    int least = labels.length / (4 * segments);
    Integer[] bySize = new Integer[pieces.sizes.size()];
    Arrays.setAll(bySize, i -> i);
    Arrays.sort(bySize, (a, b) -> Integer.compare(pieces.sizes.get(a), pieces.sizes.get(b)));
    pieces.touching = new int[bySize.length];
    int left = bySize.length;
    int[] queue = new int[labels.length];
    for (int candidate : bySize) {
      // what has joined others meanwhile is looked at under its grown size
      boolean small = pieces.sizes.get(candidate) < least;
      if (left > 1 && (small || left > segments) && pieces.sizes.get(candidate) > 0) {
        pieces.join(candidate, queue);
        left--;
      }
    }
    return pieces.numbered();
  }

  /** Gives all pixels of the start's label that hang together a piece; how many there are. */
  private int flood(int[] labels, int start, int to, int[] queue) {
    int from = labels[start];
    int tail = 0;
    queue[tail++] = start;
    piece[start] = to;
    for (int head = 0; head < tail; head++) {
      for (int side = 0; side < 4; side++) {
        int next = neighbor(queue[head], side);
        if (next >= 0 && piece[next] < 0 && labels[next] == from) {
          piece[next] = to;
          queue[tail++] = next;
        }
      }
    }
    return tail;
  }

  private int neighbor(int pixel, int side) {
    int column = pixel % width;
    return switch (side) {
      case 0 -> column > 0 ? pixel - 1 : -1;
      case 1 -> column < width - 1 ? pixel + 1 : -1;
      case 2 -> pixel >= width ? pixel - width : -1;
      default -> pixel < width * (height - 1) ? pixel + width : -1;
    };
  }

  private void join(int small, int[] queue) {
    int tail = 0;
    queue[tail++] = starts.get(small);
    piece[queue[0]] = -1; // walked through
    List<Integer> seen = new ArrayList<>();
    for (int head = 0; head < tail; head++) {
      for (int side = 0; side < 4; side++) {
        int next = neighbor(queue[head], side);
        if (next >= 0 && piece[next] == small) {
          piece[next] = -1;
          queue[tail++] = next;
        } else if (next >= 0 && piece[next] >= 0) {
          if (touching[piece[next]]++ == 0) {
            seen.add(piece[next]);
          }
        }
      }
    }
    int into = seen.get(0); // a piece that is not the whole image touches another
    for (int other : seen) {
      into = touching[other] > touching[into] ? other : into;
    }
    seen.forEach(other -> touching[other] = 0);
    for (int i = 0; i < tail; i++) {
      piece[queue[i]] = into;
    }
    sizes.set(into, sizes.get(into) + tail);
    sizes.set(small, 0);
  }

  private int[] numbered() {
    int[] number = new int[sizes.size()];
    Arrays.fill(number, -1);
    int n = 0;
    int[] labels = new int[piece.length];
    for (int i = 0; i < labels.length; i++) {
      if (number[piece[i]] < 0) {
        number[piece[i]] = n++;
      }
      labels[i] = number[piece[i]];
    }
    return labels;
  }
}
