package dev.sidelight.logger;

import java.util.List;

/**
 * @param next opaque, empty at the end
 * @param complete false when the time ran out before the page was full
 */
public record RequestPage(
    List<RequestSummary> items, String next, boolean complete, long approximateTotal) {

  public RequestPage {
    items = List.copyOf(items);
  }
}
