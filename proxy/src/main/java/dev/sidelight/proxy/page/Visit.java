package dev.sidelight.proxy.page;

import java.time.Instant;

/**
 * Who looks, and from where.
 *
 * @param authority the Host field, as the browser sees this listener
 * @param dataPort where predictions go
 * @param partial only the {@code main} element is asked for, to put in place of the one there
 */
public record Visit(String authority, int dataPort, Instant now, boolean partial) {

  /** {@code http://localhost:8090}. */
  String managementUrl() {
    return "http://" + authority;
  }

  /** {@code http://localhost:8080}: the same machine by the name that was used for this page. */
  String dataUrl() {
    int bracket = authority.indexOf(']');
    int colon = authority.indexOf(':', Math.max(0, bracket));
    return "http://" + (colon < 0 ? authority : authority.substring(0, colon)) + ":" + dataPort;
  }
}
