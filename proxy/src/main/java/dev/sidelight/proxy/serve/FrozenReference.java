package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.ReferenceSet;

/**
 * A background as it was frozen.
 *
 * @param sampleRows the most rows that the sample has held until then
 * @param revision of the model, current then; empty where nobody told it
 * @param createdMicros since 1970
 */
record FrozenReference(ReferenceSet set, int sampleRows, String revision, long createdMicros) {

  /** Origin of a background out of the log, where other revisions of the model had to help out. */
  static final String OLDER = "log_older_revisions";

  boolean isFromFile() {
    return set.origin().equals("file");
  }

  boolean hasOlder() {
    return set.origin().equals(OLDER);
  }
}
