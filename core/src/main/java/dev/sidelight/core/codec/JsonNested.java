package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Arrays;

/** Walks a list of any nesting and hands every scalar on, with a pointer made only when asked. */
final class JsonNested {

  private final String pointer;
  private final int elementsMax;
  private int[] path = new int[4];
  private int depth;

  /**
   * @param pointer of the list itself
   */
  JsonNested(String pointer, int elementsMax) {
    this.pointer = pointer;
    this.elementsMax = elementsMax;
  }

  /** Reads the current list, to its closing bracket. */
  void read(JsonTokens in, Elements into) {
    if (in.current() != JsonToken.START_ARRAY) {
      throw JsonNumbers.type(in.current(), "a list", this::place);
    }
    list(in, into); // as deep as the guard lets it be
  }

  private void list(JsonTokens in, Elements into) {
    if (depth == path.length) {
      path = Arrays.copyOf(path, 2 * depth);
    }
    path[depth++] = 0;
    while (in.next() != JsonToken.END_ARRAY) {
      if (in.current() == JsonToken.START_ARRAY) {
        list(in, into);
      } else {
        if (into.size() == elementsMax) {
          throw new CodecException(
              "too_many_elements",
              pointer,
              "<= " + elementsMax + " elements",
              "more",
              "%s has more than %d elements".formatted(pointer, elementsMax));
        }
        into.add(in, this::place);
      }
      path[depth - 1]++;
    }
    depth--;
  }

  private String place() {
    StringBuilder place = new StringBuilder(pointer);
    for (int i = 0; i < depth; i++) {
      place.append('/').append(path[i]);
    }
    return place.toString();
  }
}
