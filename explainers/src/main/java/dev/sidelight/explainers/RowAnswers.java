package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.BitSet;

/**
 * Answers to n rows.
 *
 * @param outputs n rows; where a row failed the values are those of some other row and mean nothing
 * @param failed rows the backend refused alone, or answered with a NaN or an infinity
 */
public record RowAnswers(Instances outputs, BitSet failed) {}
