package dev.sidelight.proxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** Checks that many settings share. The message names the setting, the rule, the value. */
final class Rules {

  private Rules() {}

  static void port(String key, int port) {
    range(key, port, 0, 65_535);
  }

  static void range(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be in [%d, %d], got %d".formatted(key, low, high, value));
    }
  }

  static void share(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(key + " must be in [0, 1], got " + value);
    }
  }

  /** Addresses of a model server, {@code http://host:port}, several separated by commas. */
  static void address(String key, String url) {
    for (String part : url.split(",", -1)) {
      String text = part.strip();
      URI uri;
      try {
        uri = new URI(text.contains("://") ? text : "http://" + text);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(
            key + " must be http://host:port, got '" + SettingValue.masked(text) + "'", e);
      }
      boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if (!"http".equals(uri.getScheme())
          || uri.getHost() == null
          || uri.getUserInfo() != null
          || uri.getPort() == 0
          || uri.getPort() > 65_535
          || uri.getRawQuery() != null
          || !bare) {
        throw new IllegalArgumentException(
            key
                + " must be http://host:port with nothing before or behind (TLS to a model server"
                + " is not there yet), got '"
                + SettingValue.masked(text)
                + "'");
      }
    }
  }

  static void positive(String key, Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(key + " must be > 0, got " + time.toMillis() + "ms");
    }
  }
}
