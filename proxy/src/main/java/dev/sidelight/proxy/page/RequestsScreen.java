package dev.sidelight.proxy.page;

import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Screen 1: the requests that fit a filter, newest first, a page at a time. Blocks. */
public final class RequestsScreen {

  /** Rows of a page unless asked otherwise: each costs a read and a parse of its bodies. */
  public static final int LIMIT = 50;

  private final EventStore store;
  private final LoggedRows rows;
  private final ModelRegistry registry;
  private final FirstRequest first;
  private final Frame frame;

  /**
   * @param first what to send when nothing was sent yet
   */
  public RequestsScreen(
      EventStore store,
      LoggedRows rows,
      ModelRegistry registry,
      FirstRequest first,
      Assets assets) {
    this.store = store;
    this.rows = rows;
    this.registry = registry;
    this.first = first;
    this.frame = new Frame(assets);
  }

  /** A filter that does not parse is shown with its fault, status 400. */
  public Page show(RequestQuery query, Visit visit) {
    try {
      return found(query, store.query(query), visit);
    } catch (QueryException fault) {
      Markup main = begin(query, List.of());
      FilterForm.fault(query.filter(), fault, main);
      int status = fault.code().equals("cursor_expired") ? 410 : 400;
      return frame.page(status, "Requests", main.close(), visit);
    }
  }

  private Page found(RequestQuery query, RequestPage page, Visit visit) {
    List<RequestLine> lines = new ArrayList<>();
    for (RequestSummary summary : page.items()) {
      lines.add(line(summary));
    }
    Markup main = begin(query, lines);
    if (lines.isEmpty() && page.complete()) {
      nothing(query, visit, main);
    } else {
      bar(query, page, main);
      RequestsTable.write(lines, visit.now(), main);
    }
    pages(query, page, main);
    return frame.page(200, "Requests", main.close(), visit);
  }

  private RequestLine line(RequestSummary summary) {
    Optional<StoredRequest> stored = store.request(summary.id());
    return new RequestLine(
        summary,
        stored.map(rows::views).orElse(List.of()),
        Document.methods(store.reports(summary.id())));
  }

  private Markup begin(RequestQuery query, List<RequestLine> lines) {
    Markup main = Frame.main("table", "Requests", Links.REQUESTS);
    main.element("h1", "Requests");
    List<String> models = new ArrayList<>(registry.all().stream().map(ServedModel::name).toList());
    List<String> versions = new ArrayList<>();
    for (RequestLine line : lines) {
      models.add(line.summary().model());
      versions.add(line.summary().version());
    }
    models.removeIf(String::isEmpty);
    versions.removeIf(String::isEmpty);
    FilterForm.write(query.filter(), models, versions, main);
    return main;
  }

  /** How many there are, and on the newest page the live tail. */
  private static void bar(RequestQuery query, RequestPage page, Markup to) {
    to.open("div", "class", "bar");
    long total = page.approximateTotal();
    to.element(
        "p",
        (query.filter().isEmpty() ? "" : "about ")
            + Figures.count(total)
            + (total == 1 ? " request" : " requests"),
        "class",
        "muted");
    if (query.cursor().isEmpty()) {
      String self = Links.requests(query.filter(), query.limit(), "");
      to.open("sl-live", "filter", query.filter(), "href", self)
          .element("a", "Refresh", "href", self, "class", "quiet")
          .close();
    }
    to.close();
  }

  private void nothing(RequestQuery query, Visit visit, Markup to) {
    to.open("div", "class", "empty");
    if (!query.filter().isEmpty()) {
      to.element("h2", "No request fits this filter");
      to.open("p").element("a", "Show all requests", "href", Links.REQUESTS).close();
    } else {
      to.element("h2", "No request yet");
      to.element("p", "Send one through Sidelight, and it is here a moment later:");
      Commands.write(first.command(visit.dataUrl()), to);
      to.open("sl-live", "filter", "", "href", Links.REQUESTS).close();
    }
    to.close();
  }

  private static void pages(RequestQuery query, RequestPage page, Markup to) {
    if (page.next().isEmpty()) {
      return;
    }
    if (!page.complete()) {
      to.element(
          "p", "The time for one search is over; there is more to search.", "class", "muted");
    }
    to.open("nav", "class", "pages", "aria-label", "Pages");
    if (!query.cursor().isEmpty()) {
      to.element(
          "a",
          "Newest",
          "class",
          "quiet",
          "href",
          Links.requests(query.filter(), query.limit(), ""));
    }
    to.element(
        "a",
        page.complete() ? "Older requests" : "Search on",
        "class",
        "quiet",
        "rel",
        "next",
        "href",
        Links.requests(query.filter(), query.limit(), page.next()));
    to.close();
  }
}
