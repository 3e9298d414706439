package dev.sidelight.proxy.page;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.Locale;

/**
 * What stands above a request and above its explanation: where we are, and the request in short.
 */
final class RequestHead {

  private RequestHead() {}

  static String title(RequestSummary s) {
    return (s.model().isEmpty() ? "request" : s.model()) + " at " + Moment.clock(s.timeMicros());
  }

  /**
   * @param here the last step of the path
   */
  static void write(RequestSummary s, String here, Markup to) {
    to.open("nav", "class", "crumbs", "aria-label", "Path");
    to.element("a", "Requests", "href", Links.REQUESTS).text(" / ");
    if (here.isEmpty()) {
      to.element("span", Moment.clock(s.timeMicros()), "aria-current", "page");
    } else {
      to.element("a", Moment.clock(s.timeMicros()), "href", Links.request(s.id(), 0)).text(" / ");
      to.element("span", here, "aria-current", "page");
    }
    to.close();
  }

  static void facts(RequestSummary s, Markup to) {
    to.open("dl", "class", "strip");
    fact("Model", s.model().isEmpty() ? "unknown" : s.model(), to);
    if (!s.version().isEmpty()) {
      fact("Version", s.version(), to);
    }
    fact("Protocol", s.protocol().toUpperCase(Locale.ROOT), to);
    fact("Status", s.status() + " " + s.outcome().replace('_', ' '), to);
    fact("Received", Moment.full(s.timeMicros()), to);
    fact("Latency", Figures.duration(s.latencyMicros()), to);
    if (s.rows() >= 0) {
      fact("Rows", Figures.count(s.rows()), to);
    }
    fact("Id", s.id().toString(), to);
    to.close();
  }

  private static void fact(String name, String text, Markup to) {
    to.open("div").element("dt", name).element("dd", text).close();
  }
}
