package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** Small drawings. */
final class Icons {

  private Icons() {}

  /** The mark: something lit from one side. */
  static void mark(Markup to) {
    to.open("svg", "class", "mark", "viewBox", "0 0 24 24", "aria-hidden", "true")
        .empty("circle", "class", "body", "cx", "12", "cy", "12", "r", "9")
        .empty("path", "class", "lit", "d", "M12 3a9 9 0 0 1 0 18a13 13 0 0 0 0-18z")
        .close();
  }
}
