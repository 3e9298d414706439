package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.RowView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The log over HTTP: lists with a filter, and one request whole. */
final class RequestEndpoints {

  private static final int LIMIT = 50;

  private final EventStore store;
  private final LoggedRows rows;

  RequestEndpoints(EventStore store, LoggedRows rows) {
    this.store = store;
    this.rows = rows;
  }

  /** {@code ?filter=&limit=&cursor=}; {@code cursor} is the {@code next} of the page before. */
  Answer list(Call call) throws IOException {
    RequestPage page =
        store.query(
            new RequestQuery(
                call.query("filter").orElse(""),
                limit(call.query("limit")),
                call.query("cursor").orElse("")));
    return Answer.json(200, RequestJson.page(page));
  }

  private static int limit(Optional<String> text) {
    if (text.isEmpty()) {
      return LIMIT;
    }
    try {
      return Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Problem.of(400, "parameter_range", "limit must be a whole number")
              .withFault("/limit", "in [1, " + RequestQuery.LIMIT_MAX + "]", "another text"));
    }
  }

  Answer one(Call call) throws IOException {
    UUID id = Ids.parse(call.parameters().getOrDefault("id", ""), "/id");
    StoredRequest stored =
        store
            .request(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            404, "request_unknown", "no request with this id lies in the log")));
    List<RowView> views = rows.views(stored);
    return Answer.json(200, RequestJson.request(stored, views, store.reports(id)));
  }

  static String line(RequestSummary summary) {
    return RequestJson.line(summary);
  }
}
