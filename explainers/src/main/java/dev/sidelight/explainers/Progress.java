package dev.sidelight.explainers;

/**
 * Is offered each improved, complete result while the work goes on. Never blocks, never throws. A
 * partial result's {@code stopped} says what it would be were it the last.
 */
@FunctionalInterface
public interface Progress {
  void offer(Explanation partial, int round, Cost spent);

  Progress NONE = (partial, round, spent) -> {};
}
