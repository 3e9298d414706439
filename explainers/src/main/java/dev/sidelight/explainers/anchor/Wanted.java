package dev.sidelight.explainers.anchor;

/**
 * Rows of one rule wanted in the next round trip.
 *
 * @param fresh for the certificate, otherwise for the search
 */
record Wanted(Arm arm, boolean fresh, int count) {

  Tally tally() {
    return fresh ? arm.fresh() : arm.search();
  }
}
