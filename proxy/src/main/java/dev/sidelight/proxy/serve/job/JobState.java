package dev.sidelight.proxy.serve.job;

import java.util.Locale;

/** Where a job stands. It only moves down this list. */
public enum JobState {
  /** Waits for room among the running explanations. */
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  /** Dropped by whoever asked, or ended before there was anything to keep. */
  CANCELLED,
  /** Waited too long for room. */
  EXPIRED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }
}
