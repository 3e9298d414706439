package dev.sidelight.logger.spool;

/**
 * What the spool did since it was opened, for metrics.
 *
 * @param bytes on disk now, in {@code segments} files
 * @param events records made durable, with {@code eventBytes}
 * @param fsyncs of segment files; {@code fsyncNanos} spent in them
 * @param queueEvents waiting in the rings now; {@code queueBytes} pinned by bodies being collected,
 *     waiting and unsynced events
 * @param degraded the disk refuses: events wait in memory, then become gaps
 */
public record SpoolStats(
    long bytes,
    int segments,
    long events,
    long eventBytes,
    long fsyncs,
    long fsyncNanos,
    long fsyncFailures,
    long queueEvents,
    long queueBytes,
    boolean degraded) {}
