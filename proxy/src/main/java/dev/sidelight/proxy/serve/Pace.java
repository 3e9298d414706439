package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.gateway.Priority;
import dev.sidelight.proxy.config.ExplainConfig;
import java.time.Duration;

/** How somebody waits for explanations: what may be asked, and with which weight. */
public enum Pace {
  /** In the call itself. */
  SYNC(32, Priority.INTERACTIVE),
  /** By asking again later. */
  ASYNC(10_000, Priority.INTERACTIVE),
  /** For many logged requests at once: nobody waits. */
  BULK(10_000, Priority.BATCH);

  private static final Duration JOB_DEADLINE = Duration.ofHours(1);

  private final int rowsMax;
  private final Priority priority;

  Pace(int rowsMax, Priority priority) {
    this.rowsMax = rowsMax;
    this.priority = priority;
  }

  /** Rows of one request. */
  public int rowsMax() {
    return rowsMax;
  }

  Priority priority() {
    return priority;
  }

  /** The longest that one row may take. */
  Duration deadlineMax(ExplainConfig config) {
    return this == SYNC ? config.syncDeadline() : JOB_DEADLINE;
  }
}
