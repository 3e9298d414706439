package dev.sidelight.logger;

import java.util.UUID;

/**
 * A request as the table shows it: everything but the bodies.
 *
 * @param seq the store's own sequence
 * @param rows rows in the request; -1 when unknown
 * @param marks bit set: 1 request truncated, 2 response truncated, 4 redacted, 8 synthetic, 16
 *     history
 */
public record RequestSummary(
    long seq,
    UUID id,
    long timeMicros,
    String model,
    String version,
    String variant,
    String protocol,
    String method,
    String path,
    int status,
    String outcome,
    long latencyMicros,
    long upstreamMicros,
    int rows,
    long requestBytes,
    long responseBytes,
    String requestId,
    String traceId,
    int marks) {}
