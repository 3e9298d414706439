package dev.sidelight.explainers;

/**
 * What one explanation cost.
 *
 * @param rowsLogical rows with repeats
 * @param rowsAsked distinct rows of this explanation
 * @param rowsSent rows that really went to the backend for it
 * @param cacheHits rows answered by the shared cache or by somebody's call already under way
 * @param roundTrips sequential waits
 * @param backendCalls calls that carried at least one of its rows
 */
public record Cost(
    long rowsLogical,
    long rowsAsked,
    long rowsSent,
    long cacheHits,
    int roundTrips,
    int backendCalls,
    long queueMillis,
    long millis) {}
