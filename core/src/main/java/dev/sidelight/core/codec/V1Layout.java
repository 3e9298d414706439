package dev.sidelight.core.codec;

import java.util.List;

/**
 * How one row of a V1 body is written.
 *
 * @param base64 per tensor: its values stand as {@code {"b64": ...}}
 */
record V1Layout(Form form, List<Boolean> base64) {

  enum Form {
    /** The row is one value. */
    SCALAR,
    /** The row is a list, one tensor per position. */
    LIST,
    /** The row is a list of equal lists, one tensor in all: an image. */
    NESTED,
    /** The row is an object, one tensor per name. */
    OBJECT
  }

  V1Layout {
    base64 = List.copyOf(base64);
  }
}
