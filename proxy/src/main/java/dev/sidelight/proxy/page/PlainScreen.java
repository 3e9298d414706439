package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** A screen with a few words: what is not there, or not allowed. */
public final class PlainScreen {

  private final Frame frame;

  public PlainScreen(Assets assets) {
    this.frame = new Frame(assets);
  }

  public Page show(int status, String title, String text, Visit visit) {
    Markup main = Frame.main("plain", title, Links.REQUESTS);
    main.element("h1", title).element("p", text);
    main.open("p").element("a", "To the requests", "href", Links.REQUESTS).close();
    return frame.page(status, title, main.close(), visit);
  }
}
