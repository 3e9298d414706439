package dev.sidelight.proxy.config;

/** Bounds of one message, where a model or a route has its own word. */
public record RouteLimits(
    @Setting(value = "0", doc = "longest predict body; 0 for no limit") ByteSize requestBytesMax) {}
