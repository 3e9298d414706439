package dev.sidelight.logger;

/** Time that passes only in pauses. */
final class VirtualPace implements Pace {

  long now = 1_000_000;
  double chance = 1;

  @Override
  public long millis() {
    return now;
  }

  @Override
  public double chance() {
    return chance;
  }

  @Override
  public void pause(long millis) {
    now += millis;
  }
}
