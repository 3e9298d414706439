package dev.sidelight.logger.spool;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One segment file, as far as it is known in memory. */
final class Segment {

  final long first;

  /** Exchange records of the whole log before this segment. */
  final long exchangesBefore;

  private final AtomicLong bytes;

  Segment(long first, long exchangesBefore, long bytes) {
    this.first = first;
    this.exchangesBefore = exchangesBefore;
    this.bytes = new AtomicLong(bytes);
  }

  /** Written, not necessarily durable. */
  long bytes() {
    return bytes.get();
  }

  void grew(long by) {
    bytes.addAndGet(by);
  }

  String file() {
    return file(first);
  }

  static String file(long first) {
    return "seg-" + HexFormat.of().toHexDigits(first) + ".log";
  }

  /** The first sequence in a segment's name; null for other files. */
  static @Nullable Long firstOf(String file) {
    if (file.length() != 24 || !file.startsWith("seg-") || !file.endsWith(".log")) {
      return null;
    }
    try {
      return HexFormat.fromHexDigitsToLong(file, 4, 20);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
