package dev.sidelight.explainers;

import java.util.List;

/**
 * Where the players of a text or an image stand in it; player i of the answer is entry or label i.
 */
public sealed interface Players {

  int count();

  /** Parts of a text, in order, without overlap. */
  record Spans(List<Span> offsets) implements Players {
    public Spans {
      offsets = List.copyOf(offsets);
    }

    @Override
    public int count() {
      return offsets.size();
    }
  }

  /**
   * @param start first code point of the part, >= 0
   * @param end the one after the last
   */
  record Span(int start, int end) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException(
            "a span needs 0 <= start < end, got [%d, %d)".formatted(start, end));
      }
    }
  }

  /**
   * Segments of an image: the label of every pixel, row by row from the top left, as runs.
   *
   * @param count labels are 0 to count - 1
   */
  record Segments(int height, int width, int count, List<Run> runs) implements Players {
    public Segments {
      runs = List.copyOf(runs);
      long pixels = runs.stream().mapToLong(Run::length).sum();
      if (pixels != (long) height * width) {
        throw new IllegalArgumentException(
            "runs of %d pixels for an image of %d x %d".formatted(pixels, height, width));
      }
    }
  }

  /**
   * @param length pixels, >= 1
   */
  record Run(int label, int length) {
    public Run {
      if (label < 0 || length < 1) {
        throw new IllegalArgumentException(
            "a run needs a label >= 0 and a length >= 1, got %d, %d".formatted(label, length));
      }
    }
  }
}
