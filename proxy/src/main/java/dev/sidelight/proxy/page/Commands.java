package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** A command to copy. */
final class Commands {

  private Commands() {}

  static void write(String command, Markup to) {
    to.open("sl-copy").open("pre", "class", "command", "tabindex", "0");
    to.element("code", command).close().close();
  }

  /** In single quotes for a shell. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
