package dev.sidelight.proxy.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Addresses of the screens: all of a screen's state is in them. */
public final class Links {

  static final String REQUESTS = "/ui/requests";

  private Links() {}

  /** The table; empty filter and cursor are left out, and the usual limit is. */
  public static String requests(String filter, int limit, String cursor) {
    StringBuilder link = new StringBuilder(REQUESTS);
    add(link, "filter", filter);
    add(link, "limit", limit == RequestsScreen.LIMIT ? "" : Integer.toString(limit));
    add(link, "cursor", cursor);
    return link.toString();
  }

  static String request(UUID id, int row) {
    return REQUESTS + "/" + id + (row == 0 ? "" : "?row=" + row);
  }

  static String explanation(UUID id, int row) {
    return REQUESTS + "/" + id + "/explanation?row=" + row;
  }

  /** One explanation of a row, whichever came later. */
  static String explanation(UUID id, int row, String explanation) {
    return explanation(id, row) + "&id=" + explanation;
  }

  static String whatIf(UUID id, int row) {
    return REQUESTS + "/" + id + "/what-if?row=" + row;
  }

  /** The importance that a job comes to. */
  public static String importance(String job) {
    return ImportanceScreen.ADDRESS + "?id=" + job;
  }

  private static void add(StringBuilder link, String name, String value) {
    if (!value.isEmpty()) {
      link.append(link.indexOf("?") < 0 ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }
}
