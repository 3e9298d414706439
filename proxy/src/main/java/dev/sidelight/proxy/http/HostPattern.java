package dev.sidelight.proxy.http;

import java.util.Comparator;
import java.util.Locale;

/**
 * The hosts a route is for.
 *
 * @param text lower case: a name, {@code *.suffix}, or empty for any
 */
record HostPattern(String text) {

  static final HostPattern ANY = new HostPattern("");

  /** A name before a suffix, a longer suffix before a shorter one, any host last. */
  static final Comparator<HostPattern> MOST_EXACT_FIRST =
      Comparator.<HostPattern>comparingInt(p -> p.text.isEmpty() ? 2 : p.isSuffix() ? 1 : 0)
          .thenComparingInt(p -> -p.text.length())
          .thenComparing(HostPattern::text);

  private boolean isSuffix() {
    return text.startsWith("*.");
  }

  /**
   * @param host as {@link #hostOf} gives it
   */
  boolean matches(String host) {
    if (isSuffix()) {
      // at least one letter in front of the dot
      return host.length() > text.length() - 1 && host.endsWith(text.substring(1));
    }
    return text.isEmpty() || text.equals(host);
  }

  /**
   * The host of a Host field: without the port, the dot at the end of a full name, and capitals.
   */
  static String hostOf(String authority) {
    int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
    String host = colon < 0 ? authority : authority.substring(0, colon);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.toLowerCase(Locale.ROOT);
  }
}
