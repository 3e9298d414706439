package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** A job that goes on: how far it is, and what is done about it. */
final class FollowCard {

  private FollowCard() {}

  /**
   * @param screen the address of the screen it stands on
   */
  static void write(String job, String screen, Markup to) {
    to.open("section", "class", "card", "aria-label", "Progress");
    to.open("sl-follow", "data-job", job, "data-screen", screen);
    to.open("p").text("The model is being asked. ");
    to.element("a", "Look again", "href", screen).close();
    to.close().close();
  }
}
