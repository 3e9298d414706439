package dev.sidelight.logger;

import java.util.UUID;

/** A report as it was stored; {@code json} is UTF-8. */
public record StoredReport(UUID id, String kind, long timeMicros, byte[] json) {}
