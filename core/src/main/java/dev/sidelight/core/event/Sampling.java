package dev.sidelight.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Which requests are kept when not all are. The decision is a function of the request's id alone,
 * so it is the same at every hop and in every process, and what a lower rate keeps is a subset of
 * what a higher one keeps. Called on event loops: tens of nanoseconds.
 */
public final class Sampling {

  private Sampling() {}

  /** The request's place in [0, 1): uniform over ids. */
  public static double place(String key) {
    long hash = XxHash64.hash(key.getBytes(StandardCharsets.UTF_8), 0);
    return (hash >>> 11) * 0x1.0p-53;
  }

  /**
   * @param key the caller's id, else the exchange's
   * @param rate in [0, 1]
   */
  public static boolean keeps(String key, double rate) {
    return rate >= 1 || place(key) < rate;
  }
}
