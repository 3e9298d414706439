package dev.sidelight.proxy.demo;

/** What happens to the live traffic once {@code --drift-after} has passed. */
public enum Scenario {
  /** Nothing. */
  NONE,
  /** The visitors become older and work less: rows are drawn with other weights. */
  COVARIATE,
  /** A work class appears that nobody had before. */
  CATEGORY,
  /** The same visitors, but version 2 of the model answers. */
  LABEL
}
