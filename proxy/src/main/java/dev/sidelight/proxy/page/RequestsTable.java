package dev.sidelight.proxy.page;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of requests, newest first. */
final class RequestsTable {

  private RequestsTable() {}

  static void write(List<RequestLine> lines, Instant now, Markup to) {
    boolean versions = lines.stream().anyMatch(line -> !line.summary().version().isEmpty());
    to.open("table", "class", "requests")
        .element("caption", "Requests, newest first", "class", "hidden");
    to.open("thead").open("tr");
    to.element("th", "Time (UTC)", "scope", "col").element("th", "Model", "scope", "col");
    if (versions) {
      to.element("th", "Version", "scope", "col");
    }
    to.element("th", "Status", "scope", "col");
    for (String name : List.of("Latency", "Rows")) {
      to.element("th", name, "scope", "col", "class", "number");
    }
    to.element("th", "Prediction", "scope", "col");
    to.element("th", "Score", "scope", "col", "class", "number");
    to.element("th", "Explained", "scope", "col").close().close();
    to.open("tbody");
    lines.forEach(line -> row(line, versions, now, to));
    to.close().close();
  }

  private static void row(RequestLine line, boolean versions, Instant now, Markup to) {
    RequestSummary s = line.summary();
    to.open("tr", "class", line.succeeded() ? "ok" : "failed");
    to.open("td", "data-label", "Time")
        .open("a", "class", "cover", "href", Links.request(s.id(), 0));
    to.open("time", "datetime", Moment.of(s.timeMicros()).toString());
    String day = Moment.day(s.timeMicros(), now);
    if (!day.isEmpty()) {
      to.element("span", day + " ", "class", "muted");
    }
    to.text(Moment.clock(s.timeMicros())).close().close().close();
    cell("Model", s.model(), to);
    if (versions) {
      cell("Version", s.version(), to);
    }
    to.open("td", "data-label", "Status");
    to.element("span", status(s), "class", line.succeeded() ? "status" : "status bad").close();
    number("Latency", Figures.duration(s.latencyMicros()), to);
    number("Rows", s.rows() < 0 ? "" : Figures.count(s.rows()), to);
    to.element("td", line.prediction(), "data-label", "Prediction", "class", "prediction");
    number("Score", line.score(), to);
    explained(line, to);
    to.close();
  }

  private static String status(RequestSummary s) {
    return s.status() == 0 ? "none" : Integer.toString(s.status());
  }

  private static void cell(String label, String text, Markup to) {
    to.element("td", text, "data-label", label);
  }

  private static void number(String label, String text, Markup to) {
    to.element("td", text, "data-label", label, "class", "number");
  }

  private static void explained(RequestLine line, Markup to) {
    to.open("td", "data-label", "Explained", "class", "explained");
    if (!line.explained().isEmpty()) {
      Map.Entry<Integer, String> first = line.explained().entrySet().iterator().next();
      String rows =
          line.explained().size() > 1
              ? String.format(Locale.ROOT, ", %d rows", line.explained().size())
              : "";
      to.element(
          "a",
          first.getValue() + rows,
          "class",
          "done",
          "href",
          Links.explanation(line.summary().id(), first.getKey()));
    } else if (line.isExplainable()) {
      to.element(
          "a", "explain", "class", "offer", "href", Links.explanation(line.summary().id(), 0));
    }
    to.close();
  }
}
