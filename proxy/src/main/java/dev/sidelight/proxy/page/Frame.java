package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;

/** The page around every screen. */
final class Frame {

  private final Assets assets;

  Frame(Assets assets) {
    this.assets = assets;
  }

  /**
   * A {@code main} element, to be filled and closed.
   *
   * @param up where Escape leads
   */
  static Markup main(String screen, String title, String up) {
    return new Markup()
        .open(
            "main",
            "id",
            "main",
            "class",
            screen,
            "tabindex",
            "-1",
            "data-title",
            title,
            "data-up",
            up);
  }

  /** The whole document, or only {@code main} where that is what was asked for. */
  Page page(int status, String title, Markup main, Visit visit) {
    return new Page(status, visit.partial() ? main.toString() : document(title, main));
  }

  private String document(String title, Markup main) {
    Markup head = new Markup().open("head");
    head.empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        // a form sent without script names its origin only to those who would also get a referrer:
        // that is us, and nobody else
        .empty("meta", "name", "referrer", "content", "same-origin")
        .element("title", title + " \u00b7 Sidelight")
        .empty("link", "rel", "icon", "href", assets.address("icon.svg"), "type", "image/svg+xml")
        .empty("link", "rel", "stylesheet", "href", assets.address("chart.css"))
        .empty("link", "rel", "stylesheet", "href", assets.address("page.css"));
    // the map's text must be exactly what the policy's hash was made from, so it is not escaped
    String map = "<script type=\"importmap\">" + assets.importMap() + "</script>";
    String open =
        head.open("script", "type", "module", "src", assets.address("page.js"))
            .close()
            .close()
            .toString()
            .replace("<script type=\"module\"", map + "<script type=\"module\"");
    Markup body = new Markup().open("body");
    body.element("a", "Skip to content", "class", "skip", "href", "#main");
    body.open("header", "class", "top").open("a", "class", "brand", "href", "/ui/requests");
    Icons.mark(body);
    body.text("Sidelight").close();
    boolean isImportance = title.equals("Importance");
    body.open("nav", "aria-label", "Screens")
        .add(link("Requests", Links.REQUESTS, !isImportance))
        .add(link("Importance", ImportanceScreen.ADDRESS, isImportance))
        .close();
    body.open("sl-keys").close().close();
    body.add(main).close();
    return "<!doctype html><html lang=\"en\">" + open + body + "</html>";
  }

  private static Markup link(String name, String to, boolean isHere) {
    return isHere
        ? new Markup().element("a", name, "href", to, "aria-current", "true")
        : new Markup().element("a", name, "href", to);
  }
}
