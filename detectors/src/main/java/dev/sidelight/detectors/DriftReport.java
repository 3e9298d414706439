package dev.sidelight.detectors;

/**
 * One detector's word about one feature, or about the whole row.
 *
 * @param feature empty for the whole row
 * @param statistic the evidence, in the detector's own units
 * @param threshold the level at which it alarms
 */
public record DriftReport(
    String detector,
    String feature,
    double statistic,
    double threshold,
    boolean detected,
    long rows) {}
