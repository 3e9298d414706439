package dev.sidelight.explainers.gateway;

/** How large a share of the predictor an owner has while others wait too. */
public enum Priority {
  INTERACTIVE(8),
  BATCH(2),
  DRIFT(1);

  private final int weight;

  Priority(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
