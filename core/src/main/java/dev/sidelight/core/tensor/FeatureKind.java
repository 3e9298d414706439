package dev.sidelight.core.tensor;

/** What a column holds, as far as explainers and detectors care. */
public enum FeatureKind {
  NUMERIC,
  CATEGORICAL,
  BOOLEAN,
  /** Free text: one value is a document, not a category. */
  TEXT,
  /** Kept as the explained row has it; never a player. */
  OPAQUE,
  /** One value in all rows seen. */
  CONSTANT
}
