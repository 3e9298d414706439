package dev.sidelight.core.codec;

/** How much of a reference file is read; more is an error, never a silent cut. */
public record FileLimits(long rowsMax, long bytesMax) {

  public static final FileLimits DEFAULTS = new FileLimits(1_000_000, 1L << 30);

  public FileLimits {
    if (rowsMax < 1 || bytesMax < 1) {
      throw new IllegalArgumentException("file limits must be >= 1");
    }
  }
}
