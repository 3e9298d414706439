package dev.sidelight.explainers;

/** Is offered each improved, complete result while the work goes on. Never blocks, never throws. */
@FunctionalInterface
public interface Progress {
  void offer(Explanation partial, int round, Cost spent);

  Progress NONE = (partial, round, spent) -> {};
}
