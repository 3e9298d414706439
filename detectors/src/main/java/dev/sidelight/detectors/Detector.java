package dev.sidelight.detectors;

import dev.sidelight.core.tensor.Instances;
import java.util.List;

/**
 * Watches one model's rows against a reference. Used by one thread; no clock, no hidden randomness.
 */
public interface Detector {

  /**
   * @param rows the next rows in the order of the log, n >= 1, in the reference's signature
   * @param firstSequence log sequence of the first of them
   * @return what changed with these rows; usually nothing
   */
  List<DriftReport> observe(Instances rows, long firstSequence);
}
