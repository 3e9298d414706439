/**
 * Drift and outliers. Only the contract stands yet: a detector is fed blocks of rows and answers
 * with reports; {@link dev.sidelight.detectors.Detector} says in what order and on which thread.
 */
@NullMarked
package dev.sidelight.detectors;

import org.jspecify.annotations.NullMarked;
