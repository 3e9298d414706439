package dev.sidelight.proxy.config;

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
}
