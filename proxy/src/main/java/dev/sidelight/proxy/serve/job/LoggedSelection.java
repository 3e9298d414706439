package dev.sidelight.proxy.serve.job;

import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The answered requests of one model that pass a filter, newest first. */
final class LoggedSelection {

  private static final int PAGE = 500;

  /** A page that ran out of time is asked for again from where it stood, so often. */
  private static final int PAGES_MAX = 200;

  private final EventStore store;
  private final String filter;

  /**
   * @param filter of the log's grammar, empty for all
   * @throws dev.sidelight.logger.QueryException when it does not parse
   */
  LoggedSelection(EventStore store, String model, String filter) {
    this.store = store;
    String own = "model = " + quoted(model) + " and status = 200";
    // the caller's terms first, so that the place of a fault in them is the caller's own
    this.filter = filter.isBlank() ? own : filter + " and " + own;
    store.query(new RequestQuery(this.filter, 1, ""));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** At most so many. */
  List<UUID> newest(int limit) {
    List<UUID> ids = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < PAGES_MAX && ids.size() < limit; page++) {
      int more = Math.min(PAGE, limit - ids.size());
      RequestPage requests = store.query(new RequestQuery(filter, more, cursor));
      for (RequestSummary each : requests.items()) {
        ids.add(each.id());
      }
      cursor = requests.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return ids;
  }
}
