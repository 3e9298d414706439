package dev.sidelight.core.event;

/** How the two CloudEvents of one exchange are told apart. */
public enum Profile {
  /** Both carry the exchange's id: what consumers of KServe's events join on. */
  KSERVE,
  /** {@code <id>/req} and {@code <id>/res}: unique per source, as the specification asks. */
  UNIQUE_ID
}
