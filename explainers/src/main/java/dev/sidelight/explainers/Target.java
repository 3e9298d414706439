package dev.sidelight.explainers;

/**
 * What is explained.
 *
 * @param output name of the output tensor
 * @param index column of it
 * @param label the class's name; for a label-only model the explained quantity is the indicator of
 *     it
 */
public record Target(String output, int index, String label) {}
