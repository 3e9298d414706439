package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;
import java.util.function.IntFunction;

/** Leafing through the rows of a batch. */
final class RowNumbers {

  private RowNumbers() {}

  /**
   * @param link where a row is
   */
  static void write(int row, int rows, IntFunction<String> link, String action, Markup to) {
    if (rows < 2) {
      return;
    }
    to.open("nav", "class", "rows", "aria-label", "Rows of this request");
    if (row > 0) {
      to.element(
          "a", "\u2190 Previous", "class", "quiet", "rel", "prev", "href", link.apply(row - 1));
    }
    to.open("form", "method", "get", "action", action).open("label").text("Row ");
    to.empty(
        "input",
        "type",
        "number",
        "name",
        "row",
        "min",
        "0",
        "max",
        Integer.toString(rows - 1),
        "value",
        Integer.toString(row));
    to.text(" of 0 to " + (rows - 1)).close();
    to.element("button", "Go", "type", "submit", "class", "quiet").close();
    if (row < rows - 1) {
      to.element("a", "Next \u2192", "class", "quiet", "rel", "next", "href", link.apply(row + 1));
    }
    to.close();
  }
}
