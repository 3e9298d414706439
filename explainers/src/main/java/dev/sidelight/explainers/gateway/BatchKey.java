package dev.sidelight.explainers.gateway;

/**
 * What rows must share to travel in one call, beside the names, types and trailing shapes of their
 * tensors, which the gateway compares itself. Rows under different keys are never merged and never
 * answer one another from the cache.
 *
 * @param revision as far as the backend tells it; empty if it does not
 * @param envelope everything of the request that is not rows ({@code core.codec.Envelope});
 *     compared by {@code equals}
 * @param scope whose credentials the call carries; compared by {@code equals}; printed nowhere
 */
public record BatchKey(String model, String revision, Object envelope, Object scope) {

  /** Without the envelope and the scope: they may hold what must not be printed. */
  @Override
  public String toString() {
    return model + (revision.isEmpty() ? "" : "@" + revision);
  }
}
