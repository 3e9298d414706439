package dev.sidelight.explainers.gateway;

import java.time.Duration;

/**
 * Who is about to ask.
 *
 * @param deadline from now; waiting ends there, > 0
 * @param independentDraws repeats of a row are draws of their own: once the model is known to be
 *     noisy they are neither merged nor cached
 */
public record SessionSpec(
    BatchKey key, Priority priority, Duration deadline, boolean independentDraws) {

  public SessionSpec {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a session's deadline must be > 0, got " + deadline);
    }
  }

  public static SessionSpec interactive(BatchKey key, Duration deadline) {
    return new SessionSpec(key, Priority.INTERACTIVE, deadline, false);
  }
}
