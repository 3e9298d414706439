package dev.sidelight.logger;

/** The bytes a batch should have: halved when one was too large, +10 % per 100 good ones. */
final class BatchBytes {

  private static final int GOOD_BATCHES = 100;

  private final long most;
  private long target;
  private int good;

  BatchBytes(long most) {
    this.most = most;
    target = most;
  }

  long target() {
    return target;
  }

  void tooLarge() {
    target = Math.max(DeliverySettings.BATCH_BYTES_MIN, target / 2);
    good = 0;
  }

  void good() {
    if (target < most && ++good == GOOD_BATCHES) {
      target = Math.min(most, target + target / 10);
      good = 0;
    }
  }
}
