package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;

/**
 * A file of which the background is still to be chosen by what the model says.
 *
 * @param numbers of the rows in the file
 * @param rows the same rows in the layout of a request
 */
record Undecided(FileRows file, int[] numbers, Instances rows) {}
