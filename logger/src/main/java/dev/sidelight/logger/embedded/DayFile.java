package dev.sidelight.logger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The events of one UTC day. Knows its extent without opening the file, and waits with its deletion
 * until the last reader is gone. Thread-safe.
 */
final class DayFile {

  private static final String[] SUFFIXES = {"-wal", "-shm", ""};

  private final LocalDate day;
  private final Path path;

  private long events;
  private long timeMax = Long.MIN_VALUE;
  private long seqMax = -1;
  private int uses;
  private boolean dropped;

  DayFile(LocalDate day, Path path) {
    this.day = day;
    this.path = path;
  }

  LocalDate day() {
    return day;
  }

  Path path() {
    return path;
  }

  synchronized void added(long count, long timeMaxMicros, long seqMaximum) {
    events += count;
    timeMax = Math.max(timeMax, timeMaxMicros);
    seqMax = Math.max(seqMax, seqMaximum);
  }

  synchronized void removed(long count) {
    events -= count;
  }

  /** About how many events there are. */
  synchronized long events() {
    return events;
  }

  /** No event here is later; microseconds. */
  synchronized long timeMax() {
    return timeMax;
  }

  synchronized long seqMax() {
    return seqMax;
  }

  /** Must be called before the file is opened; false when it is gone. */
  synchronized boolean use() {
    if (dropped) {
      return false;
    }
    uses++;
    return true;
  }

  /** Ends one {@link #use}. */
  synchronized void unuse() {
    uses--;
    if (dropped && uses == 0) {
      delete();
    }
  }

  /** No new reader from here on; the file goes with the last one. */
  synchronized void drop() {
    if (!dropped) {
      dropped = true;
      if (uses == 0) {
        delete();
      }
    }
  }

  synchronized boolean isDropped() {
    return dropped;
  }

  /** Bytes on disk, the write-ahead log included. */
  long bytes() {
    long bytes = 0;
    for (String suffix : SUFFIXES) {
      Path file = sibling(suffix);
      try {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      } catch (IOException vanished) {
        // a write-ahead log may go at any moment
      }
    }
    return bytes;
  }

  private void delete() {
    try {
      for (String suffix : SUFFIXES) {
        Files.deleteIfExists(sibling(suffix));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }
}
