package dev.sidelight.explainers.shap;

import java.util.List;

/**
 * What row mode has seen of the background rows it samples from.
 *
 * @param draws m pairs
 * @param odd shape [outputs][m]: half the difference of the two halves, less the surrogate's
 * @param groups the groups drawn from, those still in the game
 * @param shares of these, sum 1
 * @param total shape [outputs][groups]: f(x) - f(b), less the surrogate's
 * @param differences per player x - b for each group of the background, empty where that is not a
 *     number
 */
record RowSample(
    int players,
    List<RowDesign.Draw> draws,
    double[][] odd,
    int[] groups,
    double[] shares,
    double[][] total,
    double[][] differences) {}
