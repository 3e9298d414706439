package dev.sidelight.proxy.config;

import dev.sidelight.logger.spool.SpoolSettings.Fsync;
import dev.sidelight.logger.spool.SpoolSettings.WhenFull;

/** The spool on disk. */
public record SpoolConfig(
    @Setting(value = "./spool", doc = "directory of the spool") String dir,
    @Setting(value = "64MiB", doc = "size of a segment, 1MiB to 1GiB") ByteSize segmentBytes,
    @Setting(value = "4GiB", doc = "size of the spool, at least four segments") ByteSize bytesMax,
    @Setting(value = "20", doc = "longest wait before a sync, milliseconds") int commitMillis,
    @Setting(value = "256KiB", doc = "bytes that start a sync") ByteSize commitBytes,
    @Setting(value = "group", doc = "group, each or os") Fsync fsync,
    @Setting(value = "drop-oldest", doc = "drop-oldest or drop-newest") WhenFull whenFull) {

  public SpoolConfig {
    Rules.range("spool.segment-bytes", segmentBytes.bytes(), 1 << 20, 1 << 30);
    Rules.range("spool.bytes-max", bytesMax.bytes(), 4 * segmentBytes.bytes(), 1L << 50);
    Rules.range("spool.commit-bytes", commitBytes.bytes(), 1, 1 << 30);
    Rules.range("spool.commit-millis", commitMillis, 1, 1000);
  }
}
