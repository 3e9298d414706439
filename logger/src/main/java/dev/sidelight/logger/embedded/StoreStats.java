package dev.sidelight.logger.embedded;

/**
 * Figures for metrics and the health screen.
 *
 * @param events stored, about
 * @param queries answered, and the nanoseconds they took together
 */
public record StoreStats(
    int files, long bytes, long events, long queries, long queryNanos, int tails) {}
