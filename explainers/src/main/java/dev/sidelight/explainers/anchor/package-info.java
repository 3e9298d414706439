/**
 * Certified anchors: rules true of one row under which the model keeps its answer, searched loosely
 * and certified exactly by an e-process over fresh rows.
 *
 * <p>Start at {@code AnchorExplainer} (search) and {@code RuleExplainer} (audit of a given rule),
 * then {@code AnchorSearch} (the rounds), {@code Certification} and {@code RoundPlan}. {@code
 * EProcess} and {@code BinomialTail} are plain mathematics; {@code TabularSpace} draws rows of a
 * table.
 */
@NullMarked
package dev.sidelight.explainers.anchor;

import org.jspecify.annotations.NullMarked;
