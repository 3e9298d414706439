package dev.sidelight.logger.embedded;

import java.nio.file.Path;

/**
 * Where the embedded store lies and how much of the past it keeps. One process per directory.
 *
 * @param days UTC days kept, today included: {@code embedded.days}, 1 to 3650
 * @param bytesMax size of all day files together: {@code embedded.bytes-max}; the oldest whole
 *     files go first, the newest one never
 */
public record EmbeddedSettings(Path dir, int days, long bytesMax) {

  private static final long BYTES_MIN = 1 << 20;

  public EmbeddedSettings {
    if (days < 1 || days > 3650) {
      throw new IllegalArgumentException("embedded.days must be in [1, 3650], got " + days);
    }
    if (bytesMax < BYTES_MIN) {
      throw new IllegalArgumentException(
          "embedded.bytes-max must be >= " + BYTES_MIN + ", got " + bytesMax);
    }
  }

  /** Seven days, 2 GiB. */
  public static EmbeddedSettings in(Path dir) {
    return new EmbeddedSettings(dir, 7, 2L << 30);
  }
}
