package dev.sidelight.logger;

/**
 * How one sink is fed: {@code sinks.<name>.batch-records}, {@code -bytes}, {@code -millis}.
 *
 * @param name of the sink, {@code [a-z0-9-]+}
 * @param batchRecords 1 to 100,000
 * @param batchBytes at least 64 KiB
 * @param batchMillis how long a reader waits for the first event, 1 to 60,000
 */
public record DeliverySettings(String name, int batchRecords, long batchBytes, long batchMillis) {

  static final long BATCH_BYTES_MIN = 64 << 10;

  public DeliverySettings {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("a sink's name must be [a-z0-9-]+, got '" + name + "'");
    }
    if (batchRecords < 1 || batchRecords > 100_000) {
      throw new IllegalArgumentException(
          "sinks.%s.batch-records must be in [1, 100000], got %d".formatted(name, batchRecords));
    }
    if (batchBytes < BATCH_BYTES_MIN) {
      throw new IllegalArgumentException(
          "sinks.%s.batch-bytes must be >= 64 KiB, got %d".formatted(name, batchBytes));
    }
    if (batchMillis < 1 || batchMillis > 60_000) {
      throw new IllegalArgumentException(
          "sinks.%s.batch-millis must be in [1, 60000], got %d".formatted(name, batchMillis));
    }
  }

  /** 1,000 records, 4 MiB, 200 ms. */
  public static DeliverySettings of(String name) {
    return new DeliverySettings(name, 1_000, 4L << 20, 200);
  }
}
