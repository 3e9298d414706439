package dev.sidelight.core.event;

/**
 * What was asked, and how it went.
 *
 * @param path without its query
 * @param protocol {@code v1}, {@code v2}, ...
 * @param transport {@code http}, {@code sse}, {@code grpc}
 * @param status HTTP status sent to the client; 0 where none was
 * @param grpcStatus -1 where the call is not gRPC
 */
public record Call(
    String method,
    String path,
    String protocol,
    String transport,
    int status,
    int grpcStatus,
    Outcome outcome) {}
