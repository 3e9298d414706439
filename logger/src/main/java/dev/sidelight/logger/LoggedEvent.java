package dev.sidelight.logger;

import dev.sidelight.core.event.PayloadEvent;

/**
 * An event as it lies in the spool.
 *
 * @param sequence +1 per record, from 1
 * @param timeMicros when it was appended, microseconds since 1970, never going back
 * @param event its payloads are on the heap and need no release
 */
public record LoggedEvent(
    long sequence, long timeMicros, int loop, long number, PayloadEvent event) {}
