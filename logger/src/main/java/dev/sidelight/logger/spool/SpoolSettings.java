package dev.sidelight.logger.spool;

import dev.sidelight.core.event.HeaderPolicy;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the rings and the spool are cut.
 *
 * @param dir the spool's directory; made if it is not there
 * @param loops event loops that offer, 1 to 1024; loop {@code i} uses {@code sink(i)}
 * @param ringBytes what bodies being collected, waiting events and unsynced events may pin, over
 *     all loops
 * @param ringSlots events that may wait per loop
 * @param segmentBytes size of one segment file, 1 MiB to 1 GiB
 * @param bytesMax size of the whole spool, at least four segments
 * @param commitMillis an event is durable about this many milliseconds after it came, 1 to 1000
 * @param commitBytes or once so many bytes wait
 * @param headers the fields of a head that are written
 * @param backlogBytesMax by reader: what may wait for it before it is moved on; 80 % of {@code
 *     bytesMax} for readers not named here
 */
public record SpoolSettings(
    Path dir,
    int loops,
    long ringBytes,
    int ringSlots,
    long segmentBytes,
    long bytesMax,
    int commitMillis,
    int commitBytes,
    Fsync fsync,
    WhenFull whenFull,
    HeaderPolicy headers,
    Map<String, Long> backlogBytesMax) {

  /** When data is forced to the disk. */
  public enum Fsync {
    /** Many events at once, every {@code commitMillis} or {@code commitBytes}. */
    GROUP,
    /** After every write. */
    EACH,
    /** Never: survives {@code kill -9}, not power loss. */
    OS
  }

  /** What gives way when the spool is full. */
  public enum WhenFull {
    /** The slowest reader loses its oldest events. */
    DROP_OLDEST,
    /** New events are refused. */
    DROP_NEWEST
  }

  public SpoolSettings {
    require("the number of event loops", loops, 1, 1024);
    require("logger.ring.bytes", ringBytes, 1 << 16, 1L << 40);
    require("logger.ring.slots", ringSlots, 16, 1 << 20);
    require("spool.segment-bytes", segmentBytes, 1 << 20, 1 << 30);
    require("spool.bytes-max", bytesMax, 4 * segmentBytes, Long.MAX_VALUE);
    require("spool.commit-millis", commitMillis, 1, 1000);
    require("spool.commit-bytes", commitBytes, 4096, 4 << 20);
    backlogBytesMax = Map.copyOf(backlogBytesMax);
    backlogBytesMax.forEach(
        (name, bytes) ->
            require("sinks." + name + ".backlog-bytes-max", bytes, segmentBytes, Long.MAX_VALUE));
  }

  /** The defaults of the documentation. */
  public static SpoolSettings of(Path dir, int loops) {
    return new SpoolSettings(
        dir,
        loops,
        64 << 20,
        8192,
        64 << 20,
        4L << 30,
        20,
        256 << 10,
        Fsync.GROUP,
        WhenFull.DROP_OLDEST,
        HeaderPolicy.defaults(),
        Map.of());
  }

  long backlogBytesMax(String reader) {
    return backlogBytesMax.getOrDefault(reader, bytesMax / 10 * 8);
  }

  private static void require(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be in [%d, %d], got %d".formatted(key, low, high, value));
    }
  }
}
