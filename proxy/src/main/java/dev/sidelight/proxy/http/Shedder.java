package dev.sidelight.proxy.http;

/**
 * Says what must stop under pressure: 1 explanations, 2 bodies in the log, 3 new predictions. Goes
 * up at 70, 85 and 95 percent, down ten points below. Pure: the pressure comes in.
 */
final class Shedder {

  private static final double[] UP = {0.70, 0.85, 0.95};
  private static final double HYSTERESIS = 0.10;

  private volatile int level;

  int level() {
    return level;
  }

  /**
   * @param pressure share of the tightest limit that is used, 1 is full
   * @return whether the level changed
   */
  boolean update(double pressure) {
    int now = level;
    while (now < UP.length && pressure >= UP[now]) {
      now++;
    }
    while (now > 0 && pressure < UP[now - 1] - HYSTERESIS) {
      now--;
    }
    boolean changed = now != level;
    level = now;
    return changed;
  }
}
